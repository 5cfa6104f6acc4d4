-- What waits in a channel's events about one notification.
-- KEYS  1 events
-- ARGV  1 notification id  2 place to look from  3 how many to look at
-- Answers { { place, fields }, ... }.
local found = {}
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], ARGV[2], '+', 'COUNT', ARGV[3])) do
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'id' and entry[2][i + 1] == ARGV[1] then
      found[#found + 1] = entry
    end
  end
end
return found
