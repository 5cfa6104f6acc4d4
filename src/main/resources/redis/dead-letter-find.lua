-- The entry of an id. KEYS: list, index. ARGV: id.
-- The list is the truth: what somebody took out of it by hand is forgotten here too.
local entry = redis.call('HGET', KEYS[2], ARGV[1])
if not entry then
  return false
end
if redis.call('LPOS', KEYS[1], entry) then
  return entry
end
redis.call('HDEL', KEYS[2], ARGV[1])
return false
