// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.stack.sip.auth.DigestAuthenticator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Authenticates the user to a web server (RFC 9110 §11): by Digest if the server offers it (RFC
 * 7616), else by Basic (RFC 7617). Nothing about the user is sent before the server's challenge. A
 * document that comes without a challenge proves nothing and is refused.
 */
final class HttpAuthentication {
    private static final int REDIRECTS = 3;

    private final HttpsClient client;
    private final Login login;
    private final DigestAuthenticator.Exchange digest;
    private boolean basicSent;

    HttpAuthentication(HttpsClient client, Login login, Random random) {
        this.client = client;
        this.login = login;
        // Inside TLS, MD5 is no weaker than Basic, and most servers offer only MD5.
        this.digest = new DigestAuthenticator(login.user(), login.password(), true, random).newExchange();
    }

    /** Fetches a document that the server gives to this user only. */
    HttpAnswer get(HostPort server, String path, Map<String, String> headers) throws LoginRefusedException {
        String at = path;
        HttpAnswer answer = client.send("GET", server, at, headers, null);
        for (int redirects = 0; redirects < REDIRECTS; redirects++) {
            String elsewhere = answer.elsewhere();
            if (elsewhere == null) {
                break;
            }
            at = elsewhere;
            answer = client.send("GET", server, at, headers, null);
        }
        if (answer.isSuccess()) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        while (answer.status() == 401) {
            Map<String, String> proof = new HashMap<>(headers);
            prove(answer, HttpsClient.target(server, at), proof);
            OneTimeCode.add(login, proof);
            answer = client.send("GET", server, at, proof, null);
        }
        if (!answer.isSuccess()) {
            throw answer.refusal();
        }
        return answer;
    }

    private void prove(HttpAnswer challenge, String target, Map<String, String> headers) throws LoginRefusedException {
        AuthenticationProblem problem =
                basicSent ? AuthenticationProblem.WRONG_CREDENTIALS : digest.challenged(challenge.challenges(), false);
        if (problem == null) {
            digest.credentials("GET", target, () -> new byte[0])
                    .forEach(credentials -> headers.put(credentials.headerName(), credentials.value()));
        } else if (problem == AuthenticationProblem.WRONG_CREDENTIALS || problem == AuthenticationProblem.DOWNGRADED) {
            throw wrong(challenge);
        } else if (challenge.challenges().stream().anyMatch(text -> text.regionMatches(true, 0, "Basic ", 0, 6))
                && BasicAuthorization.carries(login.user())) {
            basicSent = true;
            headers.put("Authorization", BasicAuthorization.value(login.user(), login.password()));
        } else {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
    }

    private static LoginRefusedException wrong(HttpAnswer answer) {
        String factor = answer.header(OneTimeCode.HEADER);
        boolean needed = factor != null && factor.trim().regionMatches(true, 0, "required", 0, 8);
        return needed ? new LoginRefusedException(Reason.SECOND_FACTOR_NEEDED) : answer.refusal();
    }
}
