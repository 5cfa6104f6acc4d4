-- Moves texts from the inbound list to the processing list, each with the id its notification will have.
-- KEYS  1 arriving (what a blocking wait has moved already)  2 queue  3 processing
-- ARGV  ids, one for each text that may be taken; producers LPUSH, so the oldest is at the right
-- Answers the entries as they stand in the processing list: 'id text'.
local taken = {}
for _, id in ipairs(ARGV) do
  local text = redis.call('RPOP', KEYS[1]) or redis.call('RPOP', KEYS[2])
  if not text then
    break
  end
  local entry = id .. ' ' .. text
  redis.call('LPUSH', KEYS[3], entry)
  taken[#taken + 1] = entry
end
return taken
