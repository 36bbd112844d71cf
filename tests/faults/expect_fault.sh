#!/bin/sh
# expect_fault.sh MESSAGE PROGRAM: the program must fail, and its sanitizer must name the fault.
message=$1
shift
if output=$("$@" 2>&1); then
  echo "$* succeeded, though a fault is planted in it: the sanitizer is blind"
  exit 1
fi
case $output in
  *"$message"*) echo "found: $message" ;;
  *) printf '%s\n' "$* failed without naming '$message':" "$output"; exit 1 ;;
esac
