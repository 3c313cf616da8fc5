// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import okhttp3.Response;

/** An answer whose body is read as it arrives. Prints without what is in it. */
public final class HttpStream implements Closeable {
    private final Response response;
    private final Instant received;
    private final InputStream bytes;

    /** @param closed runs when nobody will read any more; it may run twice */
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

    /** What the server calls it; {@code application/octet-stream} if it says nothing (RFC 9110 §8.3). */
    public String contentType() {
        String type = response.header("Content-Type");
        return type == null ? "application/octet-stream" : type;
    }

    /** In bytes, or -1 if the server does not tell. */
    public long length() {
        return response.body().contentLength();
    }

    /** Closing it closes this. */
    public InputStream bytes() {
        return bytes;
    }

    /** What a login would make of an answer that is not a success. */
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
