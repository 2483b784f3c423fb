# Draws what a refresh costs: lines of observations, seconds of a refresh, its seconds on a core, and
# seconds of the window functions, separated by tabs. Both axes are logarithmic.

BEGIN {
    FS = "\t"
    left = 74; right = 640; top = 56; bottom = 356
    least_y = -2; most_y = 3
}
{
    size[NR] = log10($1); refresh[NR] = log10($2); rival[NR] = log10($4)
    most_y = max(most_y, ceil(rival[NR]))
    least_y = min(least_y, floor(refresh[NR]))
}
END {
    least_x = size[1]; most_x = size[NR]
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 420\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"13\" role=\"img\">"
    print "<title>Cost of a refresh after 1,000 events, by size of the history</title>"
    print "<rect width=\"800\" height=\"420\" fill=\"#ffffff\"/>"
    text(left, 26, "start", "#1f2933", "Seconds until the marts are up to date after 1,000 new events", "16")
    horizontal_lines()
    vertical_lines()
    line(rival, "#b45309", "window functions")
    line(refresh, "#0f6fb4", "crm_refresh")
    text((left + right) / 2, bottom + 46, "middle", "#52606d", "observations in the history", "13")
    print "</svg>"
}

function log10(v) { return log(v) / log(10) }
function max(a, b) { return a > b ? a : b }
function min(a, b) { return a < b ? a : b }
function floor(v,    i) { i = int(v); return i > v ? i - 1 : i }
function ceil(v) { return -floor(-v) }
function x(v) { return sprintf("%.1f", left + (v - least_x) / (most_x - least_x) * (right - left)) }
function y(v) { return sprintf("%.1f", bottom - (v - least_y) / (most_y - least_y) * (bottom - top)) }

function text(at_x, at_y, anchor, colour, words, font_size) {
    printf "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%s\">%s</text>\n", at_x, at_y, anchor, colour, font_size, words
}

function horizontal_lines(    power) {
    for (power = least_y; power <= most_y; power++) {
        printf "<line x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\" stroke=\"#d9dee4\"/>\n", left, right, y(power), y(power)
        text(left - 10, y(power) + 4, "end", "#52606d", seconds_name(power), "13")
    }
}

function vertical_lines(    power) {
    for (power = ceil(least_x); power <= most_x + 0.001; power++) {
        printf "<line x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\" stroke=\"#d9dee4\"/>\n", x(power), x(power), top, bottom
        text(x(power), bottom + 22, "middle", "#52606d", grouped(sprintf("%d", 10 ^ power + 0.5)), "13")
    }
}

function line(value, colour, name,    i, points) {
    for (i = 1; i <= NR; i++) {
        points = points x(size[i]) "," y(value[i]) " "
        printf "<circle cx=\"%s\" cy=\"%s\" r=\"3.5\" fill=\"%s\"/>\n", x(size[i]), y(value[i]), colour
    }
    printf "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", points, colour
    text(right + 10, y(value[NR]) - 6, "start", colour, name, "13")
    text(right + 10, y(value[NR]) + 10, "start", colour, told(10 ^ value[NR]), "13")
}

function told(seconds) {
    return seconds < 1 ? sprintf("%.0f ms", 1000 * seconds) : sprintf("%.0f s", seconds)
}

function seconds_name(power) {
    return power < 0 ? sprintf("%d ms", 1000 * 10 ^ power + 0.5) : grouped(sprintf("%d", 10 ^ power + 0.5)) " s"
}

function grouped(digits) {
    while (match(digits, /[0-9]{4}(,|$)/) || match(digits, /[0-9][0-9][0-9][0-9](,|$)/))
        digits = substr(digits, 1, RSTART) "," substr(digits, RSTART + 1)
    return digits
}
