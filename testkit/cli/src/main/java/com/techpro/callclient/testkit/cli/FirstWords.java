// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.soak.run.FirstRegistrations;
import com.techpro.callclient.testkit.soak.settings.Credentials;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * The first output of a soak at a foreign phone system: why nobody can be registered, or the seed
 * of the run.
 */
final class FirstWords implements FirstRegistrations {
    private final PrintWriter out;
    private final String otherwise;

    /** @param otherwise printed once somebody is registered */
    FirstWords(PrintWriter out, String otherwise) {
        this.out = out;
        this.otherwise = otherwise;
    }

    @Override
    public void awaited(Duration limit) {
        say("Nobody is registered yet: the phone system does not answer. Waiting up to " + limit.toSeconds() + " s.");
    }

    @Override
    public void begun() {
        say(otherwise);
    }

    @Override
    public void failed(Obstacle why) {
        say("RED: " + why.text() + advice(why.code()));
    }

    /** Returns advice that only the command line can give. */
    private static String advice(String code) {
        return switch (code) {
            case "tls-untrusted" -> ". If it has an authority of its own, name its certificate with --ca.";
            case "tls-host-name" -> ". Name it with --pbx as its certificate does.";
            case "wrong-credentials" -> ". They come from --users-file, or from " + Credentials.VARIABLE + ".";
            default -> ".";
        };
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
