-- Adds a letter at the head of the list. KEYS: list, index. ARGV: id, entry.
-- Returns 0 when this very entry is there already, 1 for a new one, 2 when it took the place of an older death.
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known == ARGV[2] and redis.call('LPOS', KEYS[1], known) then
  return 0
end
local replaced = known and redis.call('LREM', KEYS[1], -1, known) or 0
redis.call('LPUSH', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
return replaced > 0 and 2 or 1
