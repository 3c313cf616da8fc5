// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.BufferedSink;

/** Answers with sound, whose second half may be made to wait. */
public final class HeldAudio {
    private final AtomicInteger fetched = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);

    public void hold() {
        held = new CountDownLatch(1);
    }

    public void resume() {
        held.countDown();
    }

    /** How often it was asked for. */
    public int fetched() {
        return fetched.get();
    }

    public MockResponse answer(String contentType, byte[] bytes) {
        fetched.incrementAndGet();
        return new MockResponse.Builder()
                .code(200)
                .addHeader("Content-Type", contentType)
                .body(new Body(bytes))
                .build();
    }

    private final class Body implements MockResponseBody {
        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long getContentLength() {
            return bytes.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            int half = bytes.length / 2;
            sink.write(bytes, 0, half);
            sink.flush();
            try {
                if (!held.await(60, TimeUnit.SECONDS)) {
                    throw new IOException("nobody resumed the audio");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            sink.write(bytes, half, bytes.length - half);
            sink.flush();
        }
    }
}
