-- Walks a part of the list and returns the entries that a filter means. KEYS: list.
-- ARGV: place to begin (1 is the oldest), 'newer' or 'older', places to look at, entries to return,
--   id, reason, channel, type ('' is any), diedBefore ('' is any time), whether entries without a time are meant.
-- Returns the place to go on from (0 at the end) and the entries. Places count from the tail, so that a letter put
-- meanwhile moves none of them.
local MOST_BYTES = 4 * 1024 * 1024
local from, newer = tonumber(ARGV[1]), ARGV[2] == 'newer'
local slice, limit = tonumber(ARGV[3]), tonumber(ARGV[4])
local id, reason, channel, kind, before, undated = ARGV[5], ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10] == 'true'

local function meant(entry)
  local value = head(entry)
  return (id == '' or id == value.id)
    and (reason == '' or reason == value.reason)
    and (channel == '' or channel == value.channel)
    and (kind == '' or kind == value.type)
    and (before == '' or (value.diedAt and value.diedAt < before) or (not value.diedAt and undated))
end

local length = redis.call('LLEN', KEYS[1])
if not newer then
  from = math.min(from, length)
end
if from < 1 or from > length then
  return { 0 }
end
local entries
if newer then
  entries = redis.call('LRANGE', KEYS[1], -math.min(from + slice - 1, length), -from)
else
  entries = redis.call('LRANGE', KEYS[1], -from, -math.max(from - slice + 1, 1))
end
local result, bytes, looked = { 0 }, 0, 0
while looked < #entries and #result <= limit and bytes < MOST_BYTES do
  looked = looked + 1
  local entry = entries[newer and #entries - looked + 1 or looked]
  if meant(entry) then
    result[#result + 1] = entry
    bytes = bytes + #entry
  end
end
local nextPlace = newer and from + looked or from - looked
result[1] = nextPlace > length and 0 or nextPlace
return result
