# SPDX-License-Identifier: Apache-2.0
"""libspeexdsp over a recording: BOTH OUT RATE ECHO NOISE; raw samples of 16 bits, in BOTH the loudspeaker left, ECHO and NOISE 0 or 1."""
import array
import ctypes
import ctypes.util
import os
import sys

SET_SAMPLING_RATE = 24  # speex_echo.h
SET_DENOISE, SET_ECHO_STATE = 0, 24  # speex_preprocess.h
FRAME_SECONDS = 0.01
FILTER_SECONDS = 0.5  # it does not search for the delay, so its filter has to reach it

speex = ctypes.CDLL(ctypes.util.find_library("speexdsp"))
if len(sys.argv) == 1:
    # The library does not tell its version; the name of its file does.
    with open("/proc/self/maps") as maps:
        print(next(os.path.basename(line.split()[-1]) for line in maps if "speexdsp" in line))
    sys.exit()
speex.speex_echo_state_init.restype = ctypes.c_void_p
speex.speex_preprocess_state_init.restype = ctypes.c_void_p

both = array.array("h")
with open(sys.argv[1], "rb") as raw:
    both.frombytes(raw.read())
far, mic, output, rate = both[0::2], both[1::2], sys.argv[2], int(sys.argv[3])
echo, noise = sys.argv[4] == "1", sys.argv[5] == "1"
frame = int(rate * FRAME_SECONDS)
block = ctypes.c_int16 * frame
preprocess = ctypes.c_void_p(speex.speex_preprocess_state_init(frame, rate))
speex.speex_preprocess_ctl(preprocess, SET_DENOISE, ctypes.byref(ctypes.c_int(noise)))
if echo:
    canceller = ctypes.c_void_p(speex.speex_echo_state_init(frame, int(rate * FILTER_SECONDS)))
    speex.speex_echo_ctl(canceller, SET_SAMPLING_RATE, ctypes.byref(ctypes.c_int(rate)))
    speex.speex_preprocess_ctl(preprocess, SET_ECHO_STATE, canceller)
out = block()
with open(output, "wb") as raw:
    for at in range(0, len(mic) - frame + 1, frame):
        recorded = block.from_buffer_copy(mic[at : at + frame])
        if echo:
            speex.speex_echo_cancellation(canceller, recorded, block.from_buffer_copy(far[at : at + frame]), out)
        else:
            out[:] = recorded
        speex.speex_preprocess_run(preprocess, out)
        raw.write(out)
