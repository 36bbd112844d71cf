# A sanitizer that finds nothing may be one that looks at nothing: each build with sanitizers must find a planted fault.
set(faults_dir ${CMAKE_CURRENT_LIST_DIR})
function(populace_planted_fault sanitizer name message)
  if(POPULACE_SANITIZE MATCHES ${sanitizer})
    add_executable(fault_${name} ${faults_dir}/${name}.cpp)
    target_link_libraries(fault_${name} PRIVATE populace_sim_parallel)
    add_test(NAME fault_${name}
      COMMAND ${faults_dir}/expect_fault.sh ${message} $<TARGET_FILE:fault_${name}>)
    set_tests_properties(fault_${name} PROPERTIES TIMEOUT 60)
  endif()
endfunction()

populace_planted_fault(thread data_race "ThreadSanitizer: data race")
populace_planted_fault(address heap_overflow "AddressSanitizer: heap-buffer-overflow")
populace_planted_fault(undefined signed_overflow "signed integer overflow")
