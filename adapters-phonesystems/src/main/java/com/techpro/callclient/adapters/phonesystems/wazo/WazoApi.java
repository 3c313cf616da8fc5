// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.google.gson.JsonObject;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpAnswer;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpStream;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.phonesystem.HostPort;
import java.io.IOException;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * Requests to a Wazo's services. They carry the user's token in a header, never in a URL. Callable
 * from any thread.
 */
final class WazoApi {
    static final String CONFD = "/api/confd/1.1";
    static final String CALLD = "/api/calld/1.0";
    static final String CALL_LOGD = "/api/call-logd/1.0";
    static final String DIRD = "/api/dird/0.1";

    /** In bytes: five hundred messages with transcriptions. */
    private static final int LARGEST_LIST = 4 * 1024 * 1024;

    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpsClient client;
    private final HostPort server;
    private final WazoTokens tokens;

    WazoApi(HttpsClient client, HostPort server, WazoTokens tokens) {
        this.client = client;
        this.server = server;
        this.tokens = tokens;
    }

    /**
     * Returns the document at a path.
     *
     * @throws LoginRefusedException if the answer is no success
     */
    UntrustedJson get(String path) throws LoginRefusedException {
        HttpAnswer answer = send("GET", path, null);
        if (!answer.isSuccess()) {
            throw answer.refusal();
        }
        return UntrustedJson.parse(answer.body());
    }

    /**
     * Sends a request with a token. If the server rejects the token, it tries once more with a new
     * one.
     */
    HttpAnswer send(String method, String path, @Nullable JsonObject body) throws LoginRefusedException {
        String token = tokens.header();
        HttpAnswer answer = send(method, path, body, token);
        return answer.status() == 401 ? send(method, path, body, tokens.renewed(token)) : answer;
    }

    private HttpAnswer send(String method, String path, @Nullable JsonObject body, String token)
            throws LoginRefusedException {
        RequestBody sent = body == null ? null : RequestBody.create(body.toString(), JSON);
        return client.send(
                method,
                server,
                path,
                Map.of(WazoTokens.HEADER, token, "Accept", "application/json"),
                sent,
                LARGEST_LIST);
    }

    /** Opens an answer to be read as it arrives. The caller closes it. */
    HttpStream open(String path, String accept) throws IOException {
        String token = tokens.header();
        HttpStream stream = open(path, accept, token);
        if (stream.status() != 401) {
            return stream;
        }
        stream.close();
        return open(path, accept, tokens.renewed(token));
    }

    private HttpStream open(String path, String accept, String token) throws LoginRefusedException {
        return client.open(server, path, Map.of(WazoTokens.HEADER, token, "Accept", accept));
    }

    WebSocket webSocket(String path, String token, WebSocketListener listener) throws LoginRefusedException {
        return client.webSocket(server, path, Map.of(WazoTokens.HEADER, token), listener);
    }

    @Override
    public String toString() {
        return "WazoApi[redacted]";
    }
}
