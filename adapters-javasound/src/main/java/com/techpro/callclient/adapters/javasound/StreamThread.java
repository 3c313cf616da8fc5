// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import com.techpro.callclient.ports.audio.AudioStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The thread of one stream, and the only one that touches a line once the stream has it. */
final class StreamThread implements AudioStream {
    /**
     * The thread never waits for a device that answers; a hanging driver must not hang the caller
     * too.
     */
    private static final long CLOSE_MILLIS = 1000;

    private final DeviceStream stream;
    private final LinePump traffic;
    private final CallbackGate gate;
    private final Runnable ended;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    private StreamThread(String name, DeviceStream stream, LinePump traffic, CallbackGate gate, Runnable ended) {
        this.stream = stream;
        this.traffic = traffic;
        this.gate = gate;
        this.ended = ended;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** @param ended runs when the stream is being closed, perhaps more than once, on any thread */
    static StreamThread start(String name, DeviceStream stream, LinePump traffic, CallbackGate gate, Runnable ended) {
        StreamThread started = new StreamThread(name, stream, traffic, gate, ended);
        started.thread.start();
        return started;
    }

    @Override
    public void setMuted(boolean muted) {
        traffic.setMuted(muted);
    }

    @Override
    public void close() {
        closed.set(true);
        gate.shut();
        ended.run();
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!closed.get()) {
                LockSupport.parkNanos(stream.step(System.nanoTime()));
            }
        } finally {
            stream.release();
            ended.run();
        }
    }
}
