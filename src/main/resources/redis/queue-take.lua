-- Moves texts from the inbound list to the processing list, each with the id its notification will have.
-- KEYS  1 arriving (what a blocking wait has moved already)  2 queue  3 processing
-- ARGV  ids, one for each text that may be taken; producers LPUSH, so the oldest is at the right
-- Answers { id, text, id, text, ... }.
local taken = {}
for _, id in ipairs(ARGV) do
  local text = redis.call('RPOP', KEYS[1]) or redis.call('RPOP', KEYS[2])
  if not text then
    break
  end
  redis.call('LPUSH', KEYS[3], id .. ' ' .. text)
  taken[#taken + 1] = id
  taken[#taken + 1] = text
end
return taken
