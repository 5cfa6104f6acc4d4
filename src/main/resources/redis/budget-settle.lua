-- Ends a request. It counts from now, when its answer is there: whenever in between the provider counted it, the budget
-- does so no earlier. One that was never sent is given back.
-- KEYS  the windows it was taken from
-- ARGV  1 request  2 '1': it was sent
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, key in ipairs(KEYS) do
  if ARGV[2] == '1' then
    redis.call('ZADD', key, 'XX', now, ARGV[1])
  else
    redis.call('ZREM', key, ARGV[1])
  end
end
return 1
