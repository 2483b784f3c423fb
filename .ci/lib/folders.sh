# shellcheck shell=bash
# Each folder as one file that includes all of it: most of the time of what reads C++ goes into headers, which
# are then read once and not once a file. So names of one folder must differ, also in unnamed namespaces.

folders=build/folders
folder_flags=(-std=c++20 -xc++ -I. -Iextension -Igateway/src -Wno-register '-DPGCRM_VERSION="0"' -DBOOST_ASIO_NO_DEPRECATED
    -isystem "$("${PG_CONFIG:-pg_config}" --includedir)" -isystem "$("${PG_CONFIG:-pg_config}" --includedir-server)")

# folder_files FOLDER...: the file of each, separated by zeros.
folder_files() {
    local folder file
    mkdir -p "$folders"
    for folder; do
        file=$folders/${folder//\//_}.cpp
        printf '#include "%s"\n' "$PWD/$folder"/*.cpp >"$file"
        printf '%s\0' "$file"
    done
}
