// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdateAnswer.Problem;
import com.techpro.callclient.ports.update.UpdatePort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/**
 * Checks a Sparkle appcast that is signed as a whole. It sends one GET over HTTPS, the same for
 * every user and device. It follows no redirects, and reads at most a megabyte. It offers items for
 * this system and these channels. It skips items of another {@code sparkle:channel}, of another
 * {@code sparkle:os}, or with a higher {@code sparkle:minimumSystemVersion}.
 */
public final class AppcastUpdates implements UpdatePort {
    static final int MOST_BYTES = 1 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final OkHttpClient http;
    private final HttpUrl feed;
    private final Ed25519PublicKeyParameters key;
    private final Subscriber subscriber;

    /**
     * @param http its proxy, trust and dispatcher are used, its cookies and interceptors are not
     * @param publicKey of the publisher, 32 bytes (RFC 8032 §5.1.5), as in Sparkle's SUPublicEDKey
     * @throws IllegalArgumentException if the feed is not an HTTPS address or the key is invalid
     */
    public AppcastUpdates(OkHttpClient http, URI feed, byte[] publicKey) {
        this(http, feed, publicKey, Subscriber.ANYBODY);
    }

    private AppcastUpdates(OkHttpClient http, URI feed, byte[] publicKey, Subscriber subscriber) {
        HttpUrl url = HttpUrl.get(feed);
        if (url == null || !url.isHttps() || publicKey.length != Ed25519PublicKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("a feed is an HTTPS address, and its key 32 bytes");
        }
        OkHttpClient.Builder builder = http.newBuilder()
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(PATIENCE);
        builder.interceptors().clear();
        builder.networkInterceptors().clear();
        this.http = builder.build();
        this.feed = url;
        this.key = new Ed25519PublicKeyParameters(publicKey, 0);
        this.subscriber = subscriber;
    }

    private AppcastUpdates(AppcastUpdates other, Subscriber subscriber) {
        this.http = other.http;
        this.feed = other.feed;
        this.key = other.key;
        this.subscriber = subscriber;
    }

    /**
     * Returns a copy for a system. Without it, only items for every system and every version of it
     * are offered.
     *
     * @param os as in the feed's {@code sparkle:os}: {@code macos}, {@code windows}, {@code linux},
     *     or a word of the publisher's own
     * @param version of the system, numbers separated by dots such as 10.0.19045; never sent
     *     anywhere
     * @throws IllegalArgumentException if the version is malformed
     */
    public AppcastUpdates forSystem(String os, String version) {
        Version parsed = Version.parse(version);
        if (parsed == null || os.isEmpty()) {
            throw new IllegalArgumentException("a system has a name, and a version of numbers with dots between");
        }
        return new AppcastUpdates(this, new Subscriber(subscriber.channels(), os, parsed));
    }

    /**
     * Returns a copy that also offers items of these channels, such as {@code beta}. Items without
     * a channel are always offered.
     */
    public AppcastUpdates withChannels(Set<String> channels) {
        return new AppcastUpdates(this, new Subscriber(channels, subscriber.os(), subscriber.systemVersion()));
    }

    @Override
    public void check(String version, Consumer<UpdateAnswer> answer) {
        Version inUse = Version.parse(version);
        if (inUse == null) {
            throw new IllegalArgumentException("a version is numbers with dots between");
        }
        Request request = new Request.Builder()
                .url(feed)
                .header("User-Agent", "appcast")
                .header("Accept", "application/rss+xml")
                .build();
        http.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                answer.accept(new UpdateAnswer.Failed(Problem.UNREACHABLE));
            }

            @Override
            public void onResponse(Call call, Response response) {
                answer.accept(read(response, inUse));
            }
        });
    }

    private UpdateAnswer read(Response response, Version inUse) {
        try (response) {
            BufferedSource body = response.body().source();
            if (response.code() != 200 || body.request(MOST_BYTES + 1L)) {
                return new UpdateAnswer.Failed(Problem.UNREACHABLE);
            }
            byte[] signed = SignedFeed.verified(body.readByteArray(), key);
            return signed == null
                    ? new UpdateAnswer.Failed(Problem.BAD_SIGNATURE)
                    : Appcast.answer(signed, inUse, subscriber);
        } catch (IOException e) {
            return new UpdateAnswer.Failed(Problem.UNREACHABLE);
        }
    }
}
