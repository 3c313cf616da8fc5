// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import okhttp3.Response;

/** An answer whose body is read as it arrives. {@code toString} omits its content. */
public final class HttpStream implements Closeable {
    private final Response response;
    private final Instant received;
    private final InputStream bytes;

    /** @param closed runs after the last read; may run twice */
    HttpStream(Response response, Instant received, Runnable closed) {
        this.response = response;
        this.received = received;
        this.bytes = new FilterInputStream(response.body().byteStream()) {
            @Override
            public void close() throws IOException {
                try {
                    super.close();
                } finally {
                    closed.run();
                }
            }
        };
    }

    public int status() {
        return response.code();
    }

    public boolean isSuccess() {
        return response.isSuccessful();
    }

    /**
     * Returns the server's content type; {@code application/octet-stream} if it sends none (RFC
     * 9110 §8.3).
     */
    public String contentType() {
        String type = response.header("Content-Type");
        return type == null ? "application/octet-stream" : type;
    }

    /** Returns the length in bytes, or -1 if the server does not say. */
    public long length() {
        return response.body().contentLength();
    }

    /** Returns the body. Closing it closes this answer. */
    public InputStream bytes() {
        return bytes;
    }

    /** Returns a login's refusal for an unsuccessful answer. */
    public LoginRefusedException refusal() {
        return HttpAnswer.refusal(response.code(), response.header("Retry-After"), received);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    @Override
    public String toString() {
        return "HttpStream[" + response.code() + "]";
    }
}
