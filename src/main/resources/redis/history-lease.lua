-- Takes or keeps the right to write the history: one node at a time.
-- KEYS  1 lease
-- ARGV  1 node  2 how long (ms; 0: give it up)
-- Answers 1 when this node has it.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
  return 0
end
if ARGV[2] == '0' then
  redis.call('DEL', KEYS[1])
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
