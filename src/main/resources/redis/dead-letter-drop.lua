-- Removes entries. KEYS: list, index. ARGV: place where they are expected to begin (0: anywhere), places to look at,
-- then id and entry of each. Returns how many were there.
-- Entries in the expected places are first marked, then removed together: one walk for all of them instead of one each.
local GONE = '\0gone'
local from, slice = tonumber(ARGV[1]), tonumber(ARGV[2])
local wanted = {}
for i = 4, #ARGV, 2 do
  wanted[ARGV[i]] = (wanted[ARGV[i]] or 0) + 1
end
local dropped = 0
local length = redis.call('LLEN', KEYS[1])
if from > 0 and from <= length then
  local first = -math.min(from + slice - 1, length)
  for i, entry in ipairs(redis.call('LRANGE', KEYS[1], first, -from)) do
    if (wanted[entry] or 0) > 0 then
      wanted[entry] = wanted[entry] - 1
      redis.call('LSET', KEYS[1], first + i - 1, GONE)
      dropped = dropped + 1
    end
  end
  if dropped > 0 then
    redis.call('LREM', KEYS[1], -dropped, GONE)
  end
end
for entry, count in pairs(wanted) do
  if count > 0 then
    dropped = dropped + redis.call('LREM', KEYS[1], -count, entry)
  end
end
for i = 3, #ARGV, 2 do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[2], ARGV[i])
  end
end
return dropped
