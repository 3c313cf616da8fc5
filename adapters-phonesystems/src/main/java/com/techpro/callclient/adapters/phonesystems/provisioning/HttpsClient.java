// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.stack.sip.transport.WebTls;
import java.io.IOException;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * HTTP for a login and its session, inside TLS only. It connects where the {@link LoginContext}
 * permits, whatever the system's proxy settings are. It follows no redirects, keeps no cookies and
 * caches nothing. An answer's size is bounded, and so is the time of all exchanges of a login
 * together. Closing the client closes every connection; an answer that is still being read fails.
 */
public final class HttpsClient implements AutoCloseable {
    /** In bytes. Provisioning documents have some kilobytes. */
    static final int LARGEST = 256 * 1024;

    private static final Duration WHOLE = Duration.ofSeconds(50);
    private static final Duration ONE_EXCHANGE = Duration.ofSeconds(15);
    private static final Duration PING = Duration.ofSeconds(45);

    private final LoginContext context;
    private final OkHttpClient client;
    private final Set<Call> streams = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Instant deadline;
    private volatile boolean closed;

    HttpsClient(LoginContext context, TlsTrust trust) throws LoginRefusedException {
        this(context, trust, context.now().plus(WHOLE));
    }

    private HttpsClient(LoginContext context, TlsTrust trust, @Nullable Instant deadline) throws LoginRefusedException {
        this.context = context;
        this.deadline = deadline;
        try {
            WebTls tls = new WebTls(trust, context::now);
            this.client = new OkHttpClient.Builder()
                    .dispatcher(new Dispatcher(new LoginWorkerExecutor(context)))
                    .proxy(Proxy.NO_PROXY)
                    .socketFactory(context.sockets())
                    .dns(new ResolverDns(context.resolver()))
                    .sslSocketFactory(tls.sockets(), tls.trustManager())
                    // The trust manager compared the names during the handshake, and no session is
                    // resumed.
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
            // This platform cannot use the client certificate or the anchor.
            throw new LoginRefusedException(Reason.SERVER_UNTRUSTED, null, e);
        }
    }

    /**
     * Returns a client for a session. It bounds the time of each exchange, not of all together.
     */
    public static HttpsClient lasting(LoginContext context, TlsTrust trust) throws LoginRefusedException {
        return new HttpsClient(context, trust, null);
    }

    /** Sets the time limit of all later exchanges to another client's remaining time. */
    public void limitAs(HttpsClient other) {
        deadline = other.deadline;
    }

    /** Sets the time limit of all later exchanges together. */
    public void limit(Duration whole) {
        deadline = context.now().plus(whole);
    }

    /** Limits from now on only the time of each exchange. */
    public void unlimited() {
        deadline = null;
    }

    /** Sends a request, with or without a body. It follows no redirect. */
    public HttpAnswer send(
            String method, HostPort server, String path, Map<String, String> headers, @Nullable RequestBody body)
            throws LoginRefusedException {
        return send(method, server, path, headers, body, LARGEST);
    }

    /**
     * As above.
     *
     * @param largest the most bytes of the answer
     */
    public HttpAnswer send(
            String method,
            HostPort server,
            String path,
            Map<String, String> headers,
            @Nullable RequestBody body,
            int largest)
            throws LoginRefusedException {
        return exchange(url(server, path), method, headers, body, largest);
    }

    /** Opens an answer of any length, to be read as it arrives. The caller closes it. */
    public HttpStream open(HostPort server, String path, Map<String, String> headers) throws LoginRefusedException {
        Call call = client.newCall(request(url(server, path), "GET", headers, null));
        streams.add(call);
        try {
            if (closed) {
                throw new LoginRefusedException(Reason.SERVER_UNREACHABLE);
            }
            HttpStream stream = new HttpStream(call.execute(), context.now(), () -> {
                streams.remove(call);
                OkioMemory.forget();
            });
            if (closed) {
                call.cancel();
            }
            return stream;
        } catch (IOException e) {
            streams.remove(call);
            throw ConnectionFailures.refusal(e);
        }
    }

    /** Opens a WebSocket (RFC 6455) over TLS. The context's workers call the listener. */
    public WebSocket webSocket(HostPort server, String path, Map<String, String> headers, WebSocketListener listener)
            throws LoginRefusedException {
        OkHttpClient pinging = client.newBuilder()
                .pingInterval(PING)
                .addInterceptor(HttpsClient::uncompressed)
                .build();
        WebSocket socket = pinging.newWebSocket(request(url(server, path), "GET", headers, null), listener);
        if (closed) {
            socket.cancel();
        }
        return socket;
    }

    /**
     * Neither offers nor accepts compression, because the size of an unpacked message has no bound
     * (RFC 7692 §8).
     */
    private static Response uncompressed(Interceptor.Chain chain) throws IOException {
        Request plain = chain.request()
                .newBuilder()
                .removeHeader("Sec-WebSocket-Extensions")
                .build();
        return chain.proceed(plain)
                .newBuilder()
                .removeHeader("Sec-WebSocket-Extensions")
                .build();
    }

    private Request request(HttpUrl url, String method, Map<String, String> headers, @Nullable RequestBody body)
            throws LoginRefusedException {
        try {
            var sent = new okhttp3.Headers.Builder();
            sent.add("User-Agent", context.userAgent());
            // Names may contain other characters than ASCII. OkHttp refuses those that no header
            // may have.
            headers.forEach(sent::addUnsafeNonAscii);
            return new Request.Builder()
                    .url(url)
                    .headers(sent.build())
                    .method(method, body)
                    .build();
        } catch (IllegalArgumentException e) {
            // No header can carry this user name or code, so the credentials are wrong.
            throw new LoginRefusedException(Reason.WRONG_CREDENTIALS);
        }
    }

    /** Whether a name from a server can be one segment of a path, unescaped. */
    public static boolean isSegment(String name) {
        return name.matches("[A-Za-z0-9_~.-]{1,256}") && !name.matches("\\.+");
    }

    /** Returns the request target for a path (RFC 9112 §3.2.1), which a digest covers. */
    public static String target(HostPort server, String path) throws LoginRefusedException {
        HttpUrl url = url(server, path);
        String query = url.encodedQuery();
        return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
    }

    /** Returns a redirect's target, if it is on the same server. */
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

    private HttpAnswer exchange(
            HttpUrl url, String method, Map<String, String> headers, @Nullable RequestBody body, int largest)
            throws LoginRefusedException {
        Instant end = deadline;
        Duration left = end == null ? ONE_EXCHANGE : Duration.between(context.now(), end);
        if (closed || left.toMillis() <= 0) {
            throw new LoginRefusedException(Reason.SERVER_UNREACHABLE);
        }
        Request request = request(url, method, headers, body);
        try {
            Call call = client.newCall(request);
            call.timeout().timeout(Math.min(ONE_EXCHANGE.toMillis(), left.toMillis()), TimeUnit.MILLISECONDS);
            try (Response response = call.execute()) {
                BufferedSource source = response.body().source();
                if (source.request(largest + 1L)) {
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
            throw ConnectionFailures.refusal(e);
        } finally {
            OkioMemory.forget();
        }
    }

    @Override
    public void close() {
        closed = true;
        streams.forEach(Call::cancel);
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        OkioMemory.forget();
    }
}
