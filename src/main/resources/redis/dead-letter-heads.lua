-- Id, reason, channel and type of each entry in a part of the list, oldest first. KEYS: list.
-- ARGV: place to begin (1 is the oldest), places to look at. Returns the place to go on from (0 at the end), then four
-- texts for each entry.
local from, slice = tonumber(ARGV[1]), tonumber(ARGV[2])
local length = redis.call('LLEN', KEYS[1])
if from > length then
  return { 0 }
end
local last = math.min(from + slice - 1, length)
local result = { last < length and last + 1 or 0 }
local entries = redis.call('LRANGE', KEYS[1], -last, -from)
for i = #entries, 1, -1 do
  local value = head(entries[i])
  result[#result + 1] = value.id
  result[#result + 1] = value.reason
  result[#result + 1] = type(value.channel) == 'string' and value.channel or ''
  result[#result + 1] = type(value.type) == 'string' and value.type or ''
end
return result
