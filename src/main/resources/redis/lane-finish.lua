-- Ends one delivery: it leaves the lane, and the ledger and the events say how. Ending it twice changes nothing.
-- KEYS  1 stream of the entry  2 state  3 ledger  4 events  5 diverted
--       6 entries by the time they expire (only for one that does)
-- ARGV  1 entry id  2 final state  3 type label  4 now (ms)  5 ms since it was queued
--       6 notification id  7 delivery key  8 detail  9 attempts  10 events to keep (0: none)
--       11 the request to the provider ('' for none): outcome, status, ms  12 diverted ones to remember
--       13 stream (0 urgent, 1 lane)
local entry = ARGV[2] == 'diverted' and redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
redis.call('XACK', KEYS[1], 'mehari', ARGV[1])
redis.call('HDEL', KEYS[2], 'attempts:' .. ARGV[1], 'next:' .. ARGV[1], 'mark:' .. ARGV[1])
if KEYS[6] then
  redis.call('ZREM', KEYS[6], ARGV[13] .. ' ' .. ARGV[1])
end
if redis.call('XDEL', KEYS[1], ARGV[1]) == 0 then
  return 0
end
redis.call('HINCRBY', KEYS[3], ARGV[2], 1)
redis.call('HINCRBY', KEYS[3], ARGV[2] .. ':' .. ARGV[3], 1)
if ARGV[2] == 'delivered' then
  redis.call('HINCRBY', KEYS[3], 'millis', ARGV[5])
end
if entry then -- so that it can be sent again when the channel is back
  local fields = entry[2]
  redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[12], '*', 'detail', ARGV[8], 'divertedAt', ARGV[4], unpack(fields))
end
if ARGV[10] ~= '0' then
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[10], '*', 'e', ARGV[2], 'id', ARGV[6], 'key', ARGV[7],
    'at', ARGV[4], 'detail', ARGV[8], 'attempts', ARGV[9], 'took', ARGV[11])
end
return 1
