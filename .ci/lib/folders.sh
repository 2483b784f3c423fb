# shellcheck shell=bash
# Each folder as one file that includes all of it, with its rooms: most of the time of what reads C++ goes into headers, which
# are then read once and not once a file. So names of one folder must differ, also in unnamed namespaces.

folders=build/folders
folder_flags=(-std=c++20 -xc++ -I. -Iextension -Ibuild/generated -Igateway/src -Wno-register '-DPGCRM_VERSION="0"' -DBOOST_ASIO_NO_DEPRECATED
    -isystem "$("${PG_CONFIG:-pg_config}" --includedir)" -isystem "$("${PG_CONFIG:-pg_config}" --includedir-server)")

# folder_files FOLDER...: the file of each, separated by zeros.
folder_files() {
    local folder file
    make --silent ${PG_CONFIG:+PG_CONFIG="$PG_CONFIG"} generated
    mkdir -p "$folders"
    for folder; do
        file=$folders/${folder//\//_}.cpp
        # extension itself has parts that are asked for by their own names
        find "$PWD/$folder" -maxdepth $([[ $folder == extension ]] && echo 1 || echo 2) -name '*.cpp' |
            sort | sed 's/.*/#include "&"/' >"$file"
        printf '%s\0' "$file"
    done
}
