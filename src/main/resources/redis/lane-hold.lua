-- Keeps deliveries for a later try, durably: attempts spent, when to try next, and how. Holding twice counts once.
-- One that has left the lane meanwhile (taken back by an operator) is not kept.
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
local function there(id)
  return #redis.call('XRANGE', KEYS[4], id, id) > 0 or #redis.call('XRANGE', KEYS[3], id, id) > 0
end

local function keep(i)
  redis.call('HSET', KEYS[1], 'attempts:' .. ARGV[i], ARGV[i + 3])
  if ARGV[2] ~= '1' then
    redis.call('HSET', KEYS[1], 'next:' .. ARGV[i], ARGV[1])
  end
  if ARGV[3] ~= '' then
    redis.call('HSET', KEYS[1], 'mark:' .. ARGV[i], ARGV[3])
  end
  if ARGV[6] ~= '0' then
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[6], '*', 'e', 'held', 'id', ARGV[i + 1], 'key', ARGV[i + 2],
      'at', ARGV[4], 'detail', ARGV[5], 'attempts', ARGV[i + 3], 'until', ARGV[1], 'took', ARGV[7])
  end
end

if string.find(ARGV[7], '^re') then -- retry, rejected
  redis.call('HSET', KEYS[1], 'last-error', ARGV[4] .. ' ' .. ARGV[5])
end
for i = 8, #ARGV, 4 do
  if there(ARGV[i]) then
    keep(i)
  end
end
return 1
