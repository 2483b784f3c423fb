-- For wrk, in one thread: posts bodies of a file again and again, each time as another event of another lead.
--
--   wrk --threads 1 ... --script webhooks.lua URL -- FILE FIRST_ID TOKEN
--
-- All numbers have the same digits, so that a request is put together from three ready pieces. Prints
-- measured|requests|seconds|p50 ms|p99 ms|failed at the end.

local pieces = {}
local first_id
local sent = 0

local function pieces_of(body, head)
    local before_id, rest = body:match('^(.-"id":)%d+(.*)$')
    local before_lead, lead, after = rest:match('^(.-"data":{"id":)(%d+)(.*)$')
    local length = #before_id + 16 + #before_lead + 15 + #after
    return {head .. length .. "\r\n\r\n" .. before_id, before_lead, after, 1e14 + tonumber(lead)}
end

function init(args)
    first_id = tonumber(args[2])
    local head = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host ..
        "\r\nAuthorization: Bearer " .. args[3] .. "\r\nContent-Type: application/json\r\nContent-Length: "
    for body in io.lines(args[1]) do
        pieces[#pieces + 1] = pieces_of(body, head)
    end
end

-- A lead has as many events as it has in the file; then they come again as those of another lead.
function request()
    local piece = pieces[sent % #pieces + 1]
    local round = math.floor(sent / #pieces)
    local id = string.format("%.0f", first_id + sent)
    sent = sent + 1
    return piece[1] .. id .. piece[2] .. string.format("%.0f", piece[4] + 1e8 * round) .. piece[3]
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format("measured|%d|%.6f|%.3f|%.3f|%d\n", summary.requests, summary.duration / 1e6,
        latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, e.connect + e.read + e.write + e.status + e.timeout))
end
