# `populace bench` in a hurry: the JSON that it promises, no times. The sanitizers would only make it slow.
if(TARGET populace AND NOT POPULACE_SANITIZE)
  add_test(NAME bench_json
    COMMAND ${POPULACE_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/bench_json_test.py $<TARGET_FILE:populace> ${CMAKE_SOURCE_DIR}/scenarios/catalogue)
endif()
