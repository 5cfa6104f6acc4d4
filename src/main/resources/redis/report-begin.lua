-- Begins the report that is due, once for all nodes. KEYS: the report's hash.
-- ARGV: when the report it counts from was due (ms), when this one is (ms), when it was counted (ms), counters,
--   notification.
-- Returns nothing when a report was made after the one it counts from, else when it was due and its notification: those
-- of a report that was begun and not finished, where there is one, so that it is sent again as it was.
if redis.call('HGET', KEYS[1], 'due') ~= ARGV[1] then
  return {}
end
local begun = redis.call('HMGET', KEYS[1], 'begun-due', 'begun-notification')
if begun[1] and begun[2] then
  return begun
end
redis.call('HSET', KEYS[1], 'begun-due', ARGV[2], 'begun-at', ARGV[3], 'begun-counters', ARGV[4],
  'begun-notification', ARGV[5])
return { ARGV[2], ARGV[5] }
