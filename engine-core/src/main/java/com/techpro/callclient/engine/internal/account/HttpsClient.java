// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.internal.sip.transport.WebTls;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import java.io.IOException;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for a login: inside TLS only, to where the {@link LoginContext} lets it, whatever the system's proxy settings are. Redirects are
 * not followed, no cookie is kept, nothing is cached, an answer is bounded in size, and all exchanges together in time. Closing it closes
 * every connection.
 */
final class HttpsClient implements AutoCloseable {
    /** Provisioning documents are some kilobytes. */
    static final int LARGEST = 256 * 1024;

    private static final Duration WHOLE = Duration.ofSeconds(50);
    private static final Duration ONE_EXCHANGE = Duration.ofSeconds(15);

    private final LoginContext context;
    private final OkHttpClient client;
    private volatile Instant deadline;

    HttpsClient(LoginContext context, TlsTrust trust) throws LoginRefusedException {
        this.context = context;
        this.deadline = context.now().plus(WHOLE);
        try {
            WebTls tls = new WebTls(trust, context::now);
            this.client = new OkHttpClient.Builder()
                    .proxy(Proxy.NO_PROXY)
                    .socketFactory(context.sockets())
                    .dns(new ResolverDns(context.resolver()))
                    .sslSocketFactory(tls.sockets(), tls.trustManager())
                    // The trust manager has compared the names while the handshake ran, and no session is resumed.
                    .hostnameVerifier((host, session) -> host.equals(session.getPeerHost()))
                    .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
                    .protocols(List.of(Protocol.HTTP_1_1))
                    .connectionPool(new ConnectionPool(2, 30, TimeUnit.SECONDS))
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .connectTimeout(Duration.ofSeconds(10))
                    .readTimeout(Duration.ofSeconds(10))
                    .writeTimeout(Duration.ofSeconds(10))
                    .build();
        } catch (GeneralSecurityException e) {
            // A client certificate or an anchor that this platform cannot use.
            throw new LoginRefusedException(Reason.SERVER_UNTRUSTED, null, e);
        }
    }

    /** Gives everything that follows this long. */
    void limit(Duration whole) {
        deadline = context.now().plus(whole);
    }

    /** Sends a request with a body, or with none; no redirect is followed. */
    HttpAnswer send(
            String method, HostPort server, String path, Map<String, String> headers, @Nullable RequestBody body)
            throws LoginRefusedException {
        return exchange(url(server, path), method, headers, body);
    }

    /** What the request line of a request for that path says (RFC 9112 §3.2.1), which is what a digest covers. */
    static String target(HostPort server, String path) throws LoginRefusedException {
        HttpUrl url = url(server, path);
        String query = url.encodedQuery();
        return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
    }

    /** Where a redirect leads, if that is the same server. */
    private static @Nullable String elsewhere(HttpUrl from, Response response) {
        String location = response.code() / 100 == 3 ? response.header("Location") : null;
        HttpUrl to = location == null ? null : from.resolve(location);
        boolean same = to != null && to.isHttps() && to.host().equals(from.host()) && to.port() == from.port();
        if (to == null || !same || !to.username().isEmpty() || !to.password().isEmpty()) {
            return null;
        }
        String query = to.encodedQuery();
        return query == null ? to.encodedPath() : to.encodedPath() + "?" + query;
    }

    private static HttpUrl url(HostPort server, String path) throws LoginRefusedException {
        try {
            HttpUrl.Builder builder = new HttpUrl.Builder()
                    .scheme("https")
                    .host(server.host())
                    .port(server.port() == 0 ? 443 : server.port());
            HttpUrl resolved = builder.build().resolve(path);
            if (resolved != null && resolved.host().equals(builder.build().host())) {
                return resolved;
            }
            throw new LoginRefusedException(Reason.SERVER_NOT_FOUND);
        } catch (IllegalArgumentException e) {
            throw new LoginRefusedException(Reason.SERVER_NOT_FOUND, null, e);
        }
    }

    private HttpAnswer exchange(HttpUrl url, String method, Map<String, String> headers, @Nullable RequestBody body)
            throws LoginRefusedException {
        Duration left = Duration.between(context.now(), deadline);
        if (left.toMillis() <= 0) {
            throw new LoginRefusedException(Reason.SERVER_UNREACHABLE);
        }
        try {
            var sent = new okhttp3.Headers.Builder();
            sent.add("User-Agent", context.userAgent());
            // Names are not always ASCII; what does not belong into a header at all is refused.
            headers.forEach(sent::addUnsafeNonAscii);
            Request request = new Request.Builder()
                    .url(url)
                    .headers(sent.build())
                    .method(method, body)
                    .build();
            okhttp3.Call call = client.newCall(request);
            call.timeout().timeout(Math.min(ONE_EXCHANGE.toMillis(), left.toMillis()), TimeUnit.MILLISECONDS);
            try (Response response = call.execute()) {
                BufferedSource source = response.body().source();
                if (source.request(LARGEST + 1L)) {
                    throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
                }
                return new HttpAnswer(
                        response.code(),
                        response.headers(),
                        HttpChallenges.of(response),
                        elsewhere(url, response),
                        source.readByteArray(),
                        context.now());
            }
        } catch (IOException e) {
            throw ConnectionTrouble.refusal(e);
        } catch (IllegalArgumentException e) {
            // A user name or code with a character that no header can carry: nobody has such credentials.
            throw new LoginRefusedException(Reason.WRONG_CREDENTIALS);
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
