-- What filters ask for stands at the front of an entry, before its attempts: the rest need not be parsed.
-- An entry that another program left in the list counts as not understood.
local function head(entry)
  local cut = string.find(entry, ',"attempts":', 1, true)
  if cut then
    local ok, value = pcall(cjson.decode, string.sub(entry, 1, cut - 1) .. '}')
    if ok and type(value) == 'table' and type(value.id) == 'string' and type(value.reason) == 'string'
        and type(value.diedAt) == 'string' then
      return value
    end
  end
  return { id = 'foreign-' .. redis.sha1hex(entry), reason = 'not-understood' }
end
