-- Finishes the report that was begun: the next one counts from here. KEYS: the report's hash. ARGV: when it was due (ms).
-- Returns 0 when another node did so already.
if redis.call('HGET', KEYS[1], 'begun-due') ~= ARGV[1] then
  return 0
end
local begun = redis.call('HMGET', KEYS[1], 'begun-at', 'begun-counters')
redis.call('HSET', KEYS[1], 'due', ARGV[1], 'at', begun[1], 'counters', begun[2])
redis.call('HDEL', KEYS[1], 'begun-due', 'begun-at', 'begun-counters', 'begun-notification')
return 1
