-- Looks through a page of a channel's events, or of one of its lane's streams, for what is about one notification.
-- KEYS  1 stream
-- ARGV  1 notification id  2 place to look from  3 how many to look at
-- Answers { the place to look on from, '' when there is no more, { place, fields }, ... }.
local page = redis.call('XRANGE', KEYS[1], ARGV[2], '+', 'COUNT', ARGV[3])
local found = { #page < tonumber(ARGV[3]) and '' or '(' .. page[#page][1] }
for _, entry in ipairs(page) do
  for i = 1, #entry[2], 2 do
    if entry[2][i] == 'key' then
      local key = entry[2][i + 1]
      if key == ARGV[1] or string.sub(key, 1, #ARGV[1] + 1) == ARGV[1] .. '~' then
        found[#found + 1] = entry
      end
      break
    end
  end
end
return found
