"""Side by side (同题对比): other engines, and C by hand, on the world of ``bench.world``; ``workload.md`` says what all must compute."""
