// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authorises requests by the console's token. It is in the address for the first page, and in a
 * cookie or a header for reads. Changes need it in the header, which a foreign page cannot send.
 * Host names other than the loopback's are refused, against DNS rebinding.
 */
final class ConsoleAccess {
    static final String TOKEN_HEADER = "X-Console-Token";
    private static final int TOKEN_BYTES = 16;

    private final byte[] token;
    private final String cookie;
    private final Set<String> hosts;

    ConsoleAccess(int port) {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        token = Base64.getUrlEncoder().withoutPadding().encode(random);
        // Browsers send a cookie to every port of a host.
        cookie = "callclient-console-" + port;
        hosts = port == 80
                ? Set.of("127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80")
                : Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** For the page, and for the printed address. */
    String token() {
        return new String(token, StandardCharsets.US_ASCII);
    }

    /** Whether the Host header names this server, not a name that DNS leads here. */
    boolean isAddressed(HttpExchange exchange) {
        List<String> named = exchange.getRequestHeaders().get("Host");
        return named != null && named.size() == 1 && hosts.contains(named.get(0));
    }

    /** Whether the address has the token: {@code /?token=…}. */
    boolean hasTokenInAddress(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query != null && query.startsWith("token=") && isToken(query.substring("token=".length()));
    }

    /**
     * Returns the cookie that replaces the token in the address. No script can read it, and no
     * other site can have it sent.
     */
    String cookieToSet() {
        return cookie + "=" + token() + "; Path=/; HttpOnly; SameSite=Strict";
    }

    /** Whether no page of another origin sent the request. */
    boolean isOfThisOrigin(HttpExchange exchange) {
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    /** Whether its cookie has the token. */
    boolean hasCookie(HttpExchange exchange) {
        List<String> lines = exchange.getRequestHeaders().get("Cookie");
        if (lines == null) {
            return false;
        }
        boolean found = false;
        for (String line : lines) {
            for (String pair : line.split(";", -1)) {
                String[] parts = pair.strip().split("=", 2);
                found |= parts.length == 2 && parts[0].equals(cookie) && isToken(parts[1]);
            }
        }
        return found;
    }

    /** Whether its header has the token. */
    boolean hasTokenInHeader(HttpExchange exchange) {
        return isToken(exchange.getRequestHeaders().getFirst(TOKEN_HEADER));
    }

    private boolean isToken(@Nullable String given) {
        return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }
}
