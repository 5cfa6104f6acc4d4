-- Remembers which Discord channel a webhook writes into, and counts over what the webhook has sent.
-- KEYS  1 channels by webhook  2 window it has used so far  3 window of the channel
-- ARGV  1 webhook  2 channel  3 ms to keep the window
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZUNIONSTORE', KEYS[3], 2, KEYS[3], KEYS[2], 'AGGREGATE', 'MAX')
redis.call('PEXPIRE', KEYS[3], ARGV[3])
return 1
