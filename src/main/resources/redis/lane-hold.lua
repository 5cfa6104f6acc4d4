-- Keeps deliveries for a later try, durably: attempts spent, when to try next, and how.
-- KEYS  1 state  2 events
-- ARGV  1 attempts to add  2 not before (ms; 0: at once)  3 '1': the whole lane waits  4 mark ('' leaves it)
--       5 now (ms)  6 detail  7 events to keep (0: none)  8.. entry id, notification id, delivery key of each
if ARGV[3] == '1' then
  redis.call('HSET', KEYS[1], 'hold-until', ARGV[2])
end
for i = 8, #ARGV, 3 do
  local attempts = redis.call('HINCRBY', KEYS[1], 'attempts:' .. ARGV[i], ARGV[1])
  if ARGV[3] ~= '1' then
    redis.call('HSET', KEYS[1], 'next:' .. ARGV[i], ARGV[2])
  end
  if ARGV[4] ~= '' then
    redis.call('HSET', KEYS[1], 'mark:' .. ARGV[i], ARGV[4])
  end
  if ARGV[7] ~= '0' then
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[7], '*', 'e', 'held', 'id', ARGV[i + 1], 'key', ARGV[i + 2],
      'at', ARGV[5], 'detail', ARGV[6], 'attempts', attempts, 'until', ARGV[2])
  end
end
return 1
