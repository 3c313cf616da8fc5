// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.ports.phonesystem.PasswordHash;
import com.techpro.callclient.ports.secret.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates one account's requests (RFC 3261 §22.2, RFC 8760). It remembers nonces that worked,
 * so that most requests carry credentials at once and succeed at the first attempt. Each request
 * has an {@link Exchange} of its own, which distinguishes an old nonce from a wrong password.
 *
 * <p>Once a realm has asked for SHA-2, its MD5 challenges are no longer answered. An attacker on
 * the path, or in the server's place, could ask for MD5 to guess the password from the answer (RFC
 * 7616 §5).
 *
 * <p>Not thread-safe: it belongs to the loop.
 */
public final class DigestAuthenticator {
    /** More realms on one path are not a phone system but an attack. */
    private static final int MAX_REALMS = 6;

    /**
     * The limit of remembered SHA-2 realms in all. A server that sends more does not make any of
     * them forgotten.
     */
    private static final int MAX_STRONG_REALMS = 64;

    /** Otherwise a server that calls every nonce stale would keep the client busy for ever. */
    private static final int MAX_ANSWERS_PER_REALM = 3;

    private final String user;
    private Secret password;
    private final @Nullable PasswordHash hash;
    private final boolean md5Accepted;
    private final boolean downgradeAccepted;
    private final Random random;
    private final List<Session> sessions = new ArrayList<>(1);
    /** Realms that asked for better than MD5 and were answered. */
    private final Set<String> strong = new HashSet<>(2);

    /**
     * @param md5Accepted whether to answer an MD5 challenge if there is no better one
     */
    public DigestAuthenticator(String user, Secret password, boolean md5Accepted, Random random) {
        this(user, password, null, md5Accepted, random);
    }

    /** As the constructor below, without downgrades. */
    public DigestAuthenticator(
            String user, Secret password, @Nullable PasswordHash hash, boolean md5Accepted, Random random) {
        this(user, password, hash, md5Accepted, false, random);
    }

    /**
     * As the constructor above.
     *
     * @param hash the challenge for which the secret is a hash, so that no other can be answered;
     *     null if the secret is the password
     * @param downgradeAccepted whether to answer MD5 challenges of a realm that asked for better
     *     before
     */
    public DigestAuthenticator(
            String user,
            Secret password,
            @Nullable PasswordHash hash,
            boolean md5Accepted,
            boolean downgradeAccepted,
            Random random) {
        this.user = user;
        this.password = password;
        this.hash = hash;
        this.md5Accepted = md5Accepted;
        this.downgradeAccepted = downgradeAccepted;
        this.random = random;
    }

    /** A header to add to a request. */
    public record Credentials(String headerName, String value) {
        @Override
        public String toString() {
            return "Credentials[redacted]";
        }
    }

    /**
     * Starts the authentication of one request, which may be sent several times until all its
     * challenges are answered.
     */
    public Exchange newExchange() {
        return new Exchange();
    }

    /**
     * Takes the next nonce from an Authentication-Info or Proxy-Authentication-Info value (RFC 7616
     * §3.5).
     */
    public void authenticationInfo(String value, boolean proxy) {
        AuthParameters parameters = AuthParameters.parseSchemeless(value);
        String next = parameters == null ? null : parameters.get("nextnonce");
        if (next == null || next.isEmpty()) {
            return;
        }
        for (Session session : sessions) {
            if (session.proxy == proxy) {
                session.restart(session.challenge.withNonce(next));
                return;
            }
        }
    }

    /**
     * Continues with another password, or hash of one for the same challenge. Forgets all nonces,
     * and which realms asked for SHA-2.
     */
    public void update(Secret changed) {
        password = changed;
        sessions.clear();
        strong.clear();
    }

    @Override
    public String toString() {
        return "DigestAuthenticator[realms=" + sessions.size() + "]";
    }

    /** The authentication of one request. */
    public final class Exchange {
        private final Map<Session, Integer> answered = new HashMap<>(2);
        /** The nonces of the request's last transmission. */
        private final Map<Session, String> sent = new HashMap<>(2);

        private Exchange() {}

        /**
         * Returns the headers for the next transmission. Each call increments the nonce counts, so
         * use its result once.
         *
         * @param body read only if the digest covers it
         */
        public List<Credentials> credentials(String method, String uri, Supplier<byte[]> body) {
            List<Credentials> all = new ArrayList<>(sessions.size());
            sent.clear();
            for (Session session : sessions) {
                all.add(session.answer(method, uri, body));
                sent.put(session, session.challenge.nonce());
            }
            return all;
        }

        /**
         * Processes the challenges of a 401 (WWW-Authenticate) or 407 (Proxy-Authenticate).
         *
         * @return null to send the request again with {@link #credentials}, otherwise why not
         */
        public @Nullable AuthenticationProblem challenged(List<String> challenges, boolean proxy) {
            Map<String, DigestChallenge> best = new HashMap<>();
            boolean weak = false;
            for (String header : challenges) {
                DigestChallenge challenge = DigestChallenge.parse(header);
                if (challenge == null || !answerable(challenge)) {
                    continue;
                }
                if (challenge.algorithm() == DigestAlgorithm.MD5 && !md5Accepted) {
                    weak = true;
                } else {
                    best.merge(challenge.realm(), challenge, Exchange::stronger);
                }
            }
            if (best.isEmpty()) {
                return weak ? AuthenticationProblem.TOO_WEAK : AuthenticationProblem.UNSUPPORTED;
            }
            for (DigestChallenge challenge : best.values()) {
                if (isDowngrade(challenge)) {
                    return AuthenticationProblem.DOWNGRADED;
                }
            }
            for (DigestChallenge challenge : best.values()) {
                AuthenticationProblem problem = take(challenge, proxy);
                if (problem != null) {
                    return problem;
                }
            }
            return null;
        }

        private boolean isDowngrade(DigestChallenge challenge) {
            return !downgradeAccepted
                    && challenge.algorithm() == DigestAlgorithm.MD5
                    && strong.contains(challenge.realm());
        }

        private @Nullable AuthenticationProblem take(DigestChallenge challenge, boolean proxy) {
            Session session = session(challenge, proxy);
            if (session == null) {
                return AuthenticationProblem.UNSUPPORTED;
            }
            int answers = answered.merge(session, 1, Integer::sum);
            boolean sameNonce = challenge.nonce().equals(sent.get(session));
            boolean refused = !challenge.stale() && (answers > 1 || sameNonce);
            if (refused || answers > MAX_ANSWERS_PER_REALM) {
                sessions.remove(session);
                return refused ? AuthenticationProblem.WRONG_CREDENTIALS : AuthenticationProblem.STALE;
            }
            // Of two requests at a time, the second may be asked for the nonce that the first has
            // answered meanwhile. Its count goes on.
            if (!challenge.equals(session.challenge)) {
                session.restart(challenge);
            }
            if (challenge.algorithm() != DigestAlgorithm.MD5 && strong.size() < MAX_STRONG_REALMS) {
                strong.add(challenge.realm());
            }
            return null;
        }

        private @Nullable Session session(DigestChallenge challenge, boolean proxy) {
            for (Session known : sessions) {
                if (known.proxy == proxy && known.challenge.realm().equals(challenge.realm())) {
                    return known;
                }
            }
            if (sessions.size() == MAX_REALMS) {
                return null;
            }
            Session made = new Session(challenge, proxy);
            sessions.add(made);
            return made;
        }

        private boolean answerable(DigestChallenge challenge) {
            return hash == null
                    || (hash.realm().equals(challenge.realm())
                            && DigestAlgorithm.named(hash.algorithm()) == challenge.algorithm());
        }

        private static DigestChallenge stronger(DigestChallenge one, DigestChallenge other) {
            return other.algorithm().compareTo(one.algorithm()) < 0 ? other : one;
        }
    }

    /** The state of one realm: the newest challenge and how often its nonce was used. */
    private final class Session {
        private final boolean proxy;
        private DigestChallenge challenge;
        private String cnonce = "";
        private String sessionNonces = "";
        private int count;

        private Session(DigestChallenge challenge, boolean proxy) {
            this.challenge = challenge;
            this.proxy = proxy;
            restart(challenge);
        }

        private void restart(DigestChallenge fresh) {
            challenge = fresh;
            count = 0;
            cnonce = token();
            sessionNonces = fresh.session() ? fresh.nonce() + ":" + cnonce : "";
        }

        private Credentials answer(String method, String uri, Supplier<byte[]> body) {
            count++;
            byte[] covered = challenge.qop() == Qop.AUTH_INT ? body.get() : new byte[0];
            return new Credentials(
                    proxy ? "Proxy-Authorization" : "Authorization",
                    DigestAuthorization.encode(
                            challenge,
                            user,
                            password,
                            hash != null,
                            cnonce,
                            count,
                            method,
                            uri,
                            covered,
                            sessionNonces));
        }

        private String token() {
            return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        }
    }
}
