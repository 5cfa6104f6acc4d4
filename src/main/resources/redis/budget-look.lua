-- Looks at budgets and takes nothing. Time is Redis' own.
-- KEYS  the pauses, then the windows
-- ARGV  1 number of pauses  2.. the period (ms) of each window
-- Answers the time each pause has left (ms, negative for none), then how many requests count in each window.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pauses = tonumber(ARGV[1])
local answer = {}
for i = 1, #KEYS do
  if i <= pauses then
    answer[i] = redis.call('PTTL', KEYS[i])
  else
    answer[i] = redis.call('ZCOUNT', KEYS[i], '(' .. (now - ARGV[1 + i - pauses]), '+inf')
  end
end
return answer
