-- Finds the deliveries in a part of one stream whose notification holds a text. Ends none of them.
-- KEYS  1 stream  2 state
-- ARGV  1 stream (0 urgent, 1 lane)  2 from ('-', or '(' and the last entry id seen)  3 entries to look at  4 the text
-- Answers the last entry id looked at ('' when there is no more), then entries as lane-take does.
local entries = redis.call('XRANGE', KEYS[1], ARGV[2], '+', 'COUNT', ARGV[3])
local answer = { #entries == tonumber(ARGV[3]) and entries[#entries][1] or '' }
for _, entry in ipairs(entries) do
  local fields = entry[2]
  for i = 1, #fields, 2 do
    if fields[i] == 'n' and string.find(fields[i + 1], ARGV[4], 1, true) then
      local id = entry[1]
      local kept = redis.call('HMGET', KEYS[2], 'attempts:' .. id, 'next:' .. id, 'mark:' .. id)
      answer[#answer + 1] = { tonumber(ARGV[1]), id, kept[1] or '0', kept[2] or '0', kept[3] or '', fields }
    end
  end
end
return answer
