# `populace bench` in a hurry: the JSON that it promises, no times; and that other implementations of the common model say
# the same as populace. The sanitizers would only make both slow.
if(TARGET populace AND NOT POPULACE_SANITIZE)
  add_test(NAME bench_json
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/bench_json_test.py $<TARGET_FILE:populace> ${CMAKE_SOURCE_DIR}/scenarios/catalogue)
  add_test(NAME bench_peers
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/bench_peers_test.py ${CMAKE_SOURCE_DIR} $<TARGET_FILE:populace>)
endif()
