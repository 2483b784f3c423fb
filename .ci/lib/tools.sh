# shellcheck shell=bash
# Tools whose findings differ from version to version: a check runs where its own is, and elsewhere says that it did not.

# skip REASON: ends the check, neither passed nor failed.
skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

# llvm_tool NAME: sets `tool` to the program of the version that this tree is written for.
llvm_version=14
llvm_tool() {
    for tool in "$1-$llvm_version" "$1"; do
        ! "$tool" --version 2>/dev/null | grep -qE "version $llvm_version\." || return 0
    done
    skip "no $1 of version $llvm_version"
}
