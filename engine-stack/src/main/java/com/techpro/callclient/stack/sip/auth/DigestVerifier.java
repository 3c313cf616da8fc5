// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import com.techpro.callclient.ports.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of digest authentication (RFC 7616 §3.3, RFC 8760 §2.4): makes challenges and
 * verifies credentials. A nonce is valid for a limited time, and each nonce count is accepted once.
 *
 * <p>Not thread-safe.
 */
public final class DigestVerifier {
    private static final int MAX_NONCES = 8192;

    private final String realm;
    private final List<DigestAlgorithm> algorithms;
    private final String qop;
    private final long nonceLifeNanos;
    private final Random random;
    private final LongSupplier nanoTime;
    private final Map<String, Nonce> nonces = new LinkedHashMap<>();

    /**
     * @param algorithms the algorithms to offer, preferred first
     * @param qop the value of the challenge's qop parameter, such as {@code auth,auth-int}; empty
     *     for RFC 2069 challenges
     */
    public DigestVerifier(
            String realm,
            List<DigestAlgorithm> algorithms,
            String qop,
            Duration nonceLife,
            Random random,
            LongSupplier nanoTime) {
        this.realm = realm;
        this.algorithms = List.copyOf(algorithms);
        this.qop = qop;
        this.nonceLifeNanos = nonceLife.toNanos();
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** The result for a request's credentials. */
    public enum Verdict {
        ACCEPTED,
        /** There are none for this realm. */
        MISSING,
        MALFORMED,
        /** Right, but for an expired nonce: challenge again with {@code stale=true}. */
        STALE,
        /** The nonce count was used before. */
        REPLAYED,
        UNKNOWN_USER,
        WRONG
    }

    /**
     * @param user the user in the credentials; empty if they could not be parsed
     */
    public record Judgement(Verdict verdict, String user) {
        @Override
        public String toString() {
            return "Judgement[" + verdict + "]";
        }
    }

    /**
     * Returns WWW-Authenticate or Proxy-Authenticate values, one per algorithm, in order of
     * preference.
     */
    public List<String> challenges(boolean stale) {
        List<String> all = new ArrayList<>(algorithms.size());
        for (DigestAlgorithm algorithm : algorithms) {
            String nonce = newNonce();
            all.add("Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", algorithm=" + algorithm.token()
                    + (qop.isEmpty() ? "" : ", qop=\"" + qop + "\"")
                    + (stale ? ", stale=true" : ""));
        }
        return all;
    }

    /** Returns a new valid nonce; for Authentication-Info's {@code nextnonce}. */
    public String newNonce() {
        String nonce = Long.toHexString(random.nextLong() | Long.MIN_VALUE) + Long.toHexString(random.nextLong());
        if (nonces.size() >= MAX_NONCES) {
            nonces.remove(nonces.keySet().iterator().next());
        }
        nonces.put(nonce, new Nonce(nanoTime.getAsLong() + nonceLifeNanos));
        return nonce;
    }

    /** Forgets every nonce, as a restarted server would. */
    public void forgetNonces() {
        nonces.clear();
    }

    /**
     * Verifies a request.
     *
     * @param authorizations the request's Authorization or Proxy-Authorization values
     * @param passwords finds a user's password, or null
     */
    public Judgement verify(
            List<String> authorizations, String method, byte[] body, Function<String, @Nullable Secret> passwords) {
        Judgement result = new Judgement(Verdict.MISSING, "");
        for (String header : authorizations) {
            AuthParameters parameters = AuthParameters.parse(header);
            if (parameters == null || !parameters.isDigest()) {
                result = new Judgement(Verdict.MALFORMED, "");
            } else if (realm.equals(parameters.get("realm"))) {
                return verify(parameters, method, body, passwords);
            }
        }
        return result;
    }

    private Judgement verify(
            AuthParameters in, String method, byte[] body, Function<String, @Nullable Secret> passwords) {
        String user = unescape(in.get("username", ""));
        String token = in.get("algorithm", "MD5");
        DigestAlgorithm algorithm = DigestAlgorithm.named(token);
        Qop chosen = qopNamed(in.get("qop"));
        String nonce = in.get("nonce", "");
        String cnonce = in.get("cnonce", "");
        String nc = in.get("nc", "");
        if (user.isEmpty() || algorithm == null || !algorithms.contains(algorithm) || chosen == null) {
            return new Judgement(Verdict.MALFORMED, user);
        }
        Secret password = passwords.apply(user);
        if (password == null) {
            return new Judgement(Verdict.UNKNOWN_USER, user);
        }
        String sessionNonces = DigestAlgorithm.isSession(token) ? nonce + ":" + cnonce : "";
        String expected = new DigestResponse(algorithm)
                .compute(
                        new DigestResponse.Inputs(
                                user, realm, nonce, cnonce, nc, chosen, method, in.get("uri", ""), body),
                        password,
                        false,
                        sessionNonces);
        return new Judgement(judge(in.get("response", ""), expected, nonce, nc, chosen), user);
    }

    private Verdict judge(String response, String expected, String nonce, String nc, Qop chosen) {
        if (!MessageDigest.isEqual(
                response.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
            return Verdict.WRONG;
        }
        Nonce known = nonces.get(nonce);
        if (known == null || nanoTime.getAsLong() - known.deadline > 0) {
            nonces.remove(nonce);
            return Verdict.STALE;
        }
        return chosen == Qop.NONE || known.count(nc) ? Verdict.ACCEPTED : Verdict.REPLAYED;
    }

    private @Nullable Qop qopNamed(@Nullable String token) {
        if (token == null) {
            return qop.isEmpty() ? Qop.NONE : null;
        }
        for (Qop known : new Qop[] {Qop.AUTH, Qop.AUTH_INT}) {
            if (known.token().equals(token) && qop.contains(token)) {
                return known;
            }
        }
        return null;
    }

    private static String unescape(String value) {
        return value.indexOf('\\') < 0 ? value : value.replaceAll("\\\\(.)", "$1");
    }

    /**
     * An issued nonce and its used counts. Requests may be reordered on UDP, so an unused count
     * slightly below the highest is accepted too.
     */
    private static final class Nonce {
        private final long deadline;
        private long highest;
        private long seenBelow;

        private Nonce(long deadline) {
            this.deadline = deadline;
        }

        private boolean count(String nc) {
            long value;
            try {
                value = nc.length() == 8 ? Long.parseLong(nc, 16) : -1;
            } catch (NumberFormatException e) {
                value = -1;
            }
            if (value > highest) {
                long step = value - highest;
                seenBelow = step >= Long.SIZE ? 0 : seenBelow << step | 1L << (step - 1);
                highest = value;
                return true;
            }
            long behind = highest - value - 1;
            if (value <= 0 || behind < 0 || behind >= Long.SIZE || (seenBelow & 1L << behind) != 0) {
                return false;
            }
            seenBelow |= 1L << behind;
            return true;
        }
    }
}
