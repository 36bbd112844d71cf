# `populace bench` in a hurry: the JSON that it promises, no times; and that other implementations of the common model say
# the same as populace. The sanitizers would only make both slow.
if(TARGET populace AND NOT POPULACE_SANITIZE)
  add_test(NAME bench_json
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/bench_json_test.py $<TARGET_FILE:populace> ${CMAKE_SOURCE_DIR}/scenarios/catalogue)
  add_test(NAME bench_peers
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/bench_peers_test.py ${CMAKE_SOURCE_DIR} $<TARGET_FILE:populace>)
endif()

# Instructions of a consumer-step under callgrind against the committed figures, which are of the compiler and the options of a
# release; elsewhere both are skipped.
if(TARGET populace AND NOT POPULACE_SANITIZE AND NOT POPULACE_QUICK)
  add_test(NAME bench_instructions COMMAND ${POPULACE_PYTHON} -B ${CMAKE_SOURCE_DIR}/scripts/instructions.py)
  add_test(NAME bench_instructions_refuse
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/instructions_test.py ${CMAKE_SOURCE_DIR} $<TARGET_FILE:populace>)
  set_tests_properties(bench_instructions bench_instructions_refuse PROPERTIES
    SKIP_RETURN_CODE 77 ENVIRONMENT "POPULACE_BINARY=$<TARGET_FILE:populace>")
endif()
