-- Puts one delivery into its lane, once: the ledger, the event and the wake-up call move in the same step.
-- KEYS  1 lane (or urgent)  2 seen  3 state  4 ledger  5 events  6 entries by the time they expire (only for one that does)
-- ARGV  1 delivery key  2 seconds to remember it  3 now (ms)  4 type label  5 notification id  6 notification
--       7 diverted from ('' for none)  8 events to keep (0: none)  9 wake-up topic  10 channel
--       11 expires at (ms)  12 stream (0 urgent, 1 lane)
-- Answers 1, or 0 when this delivery was put before.
if redis.call('SADD', KEYS[2], ARGV[1]) == 0 then
  return 0
end
redis.call('EXPIRE', KEYS[2], ARGV[2])
local entry = redis.call('XADD', KEYS[1], '*', 'id', ARGV[5], 'key', ARGV[1], 'label', ARGV[4], 'at', ARGV[3], 'from', ARGV[7], 'n', ARGV[6])
if KEYS[6] then
  redis.call('ZADD', KEYS[6], ARGV[11], ARGV[12] .. ' ' .. entry)
end
redis.call('HINCRBY', KEYS[4], 'accepted', 1)
redis.call('HINCRBY', KEYS[4], 'accepted:' .. ARGV[4], 1)
if ARGV[8] ~= '0' then
  redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[8], '*',
    'e', 'queued', 'id', ARGV[5], 'key', ARGV[1], 'at', ARGV[3], 'from', ARGV[7], 'n', ARGV[6])
end
if redis.call('HDEL', KEYS[3], 'idle') == 1 then
  redis.call('PUBLISH', ARGV[9], ARGV[10])
end
return 1
