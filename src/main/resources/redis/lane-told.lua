-- How far the history has read a lane: the scripts that write a delivery's events begin with this.
local function parts(id)
  local ms, number = string.match(id, '(%d+)-(%d+)')
  return tonumber(ms), tonumber(number)
end
-- Whether the history has not read as far as the entry.
-- told: the state's fields told-urgent and told-lane; stream: 0 urgent, 1 lane
local function untold(told, stream, entry)
  local place = told[stream + 1]
  if not place then
    return true
  end
  local ms, number = parts(entry)
  local toldMs, toldNumber = parts(place)
  return ms > toldMs or ms == toldMs and number > toldNumber
end
-- Has an event tell of the put, too. fields: the entry's; a version that told the history at once wrote others.
local function tellPut(event, stream, entry, fields)
  if fields[1] == 'key' then
    local size = #event
    event[size + 1], event[size + 2] = 'put', table.concat({ stream, entry, fields[6], fields[10] }, ' ')
    event[size + 3], event[size + 4] = 'n', fields[8]
  end
end
