-- Keeps deliveries for a later try, durably: attempts spent, when to try next, and how. Holding twice counts once.
-- One that has left the lane meanwhile (taken back by an operator) is not kept.
-- What the history was not told of yet goes along with the event: else it would hear of a try before it hears of the put.
-- KEYS  1 state  2 events  3 urgent  4 lane
-- ARGV  1 not before (ms; 0: at once)  2 '1': the whole lane waits  3 mark ('' leaves it)
--       4 now (ms)  5 detail  6 events to keep (0: none)
--       7 the request to the provider ('' for none): outcome, status, ms
--       8.. entry id, notification id, delivery key, attempts spent so far of each
if ARGV[2] == '1' then
  -- Of several requests that were under way at once, the one that asks for the longest wait is right.
  local before = tonumber(redis.call('HGET', KEYS[1], 'hold-until') or '0')
  if tonumber(ARGV[1]) > before then
    redis.call('HSET', KEYS[1], 'hold-until', ARGV[1])
  end
end
-- The stream that it stands in, and its fields; an entry of the other stream may have the same id.
local function find(id, key)
  for stream = 1, 0, -1 do
    local entry = redis.call('XRANGE', KEYS[3 + stream], id, id)[1]
    if entry and (entry[2][2] == key or entry[2][4] == key) then
      return stream, entry[2]
    end
  end
end

local told = redis.call('HMGET', KEYS[1], 'told-urgent', 'told-lane')
local function keep(i, stream, n)
  redis.call('HSET', KEYS[1], 'attempts:' .. ARGV[i], ARGV[i + 3])
  if ARGV[2] ~= '1' then
    redis.call('HSET', KEYS[1], 'next:' .. ARGV[i], ARGV[1])
  end
  if ARGV[3] ~= '' then
    redis.call('HSET', KEYS[1], 'mark:' .. ARGV[i], ARGV[3])
  end
  if ARGV[6] ~= '0' then
    local event = { 'e', 'held', 'id', ARGV[i + 1], 'key', ARGV[i + 2], 'at', ARGV[4], 'detail', ARGV[5],
      'attempts', ARGV[i + 3], 'until', ARGV[1], 'took', ARGV[7] }
    if untold(told, stream, ARGV[i]) then
      tellPut(event, stream, ARGV[i], n)
    end
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[6], '*', unpack(event))
  end
end

if string.find(ARGV[7], '^re') then -- retry, rejected
  redis.call('HSET', KEYS[1], 'last-error', ARGV[4] .. ' ' .. ARGV[5])
end
for i = 8, #ARGV, 4 do
  local stream, n = find(ARGV[i], ARGV[i + 2])
  if stream then
    keep(i, stream, n)
  end
end
return 1
