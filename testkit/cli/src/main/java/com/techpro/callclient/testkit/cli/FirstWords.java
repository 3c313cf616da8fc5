// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import com.techpro.callclient.testkit.soak.run.Credentials;
import com.techpro.callclient.testkit.soak.run.FirstRegistrations;
import java.io.PrintWriter;
import java.time.Duration;

/** What a soak at a phone system of somebody's says first: why nobody can be registered there, or, if somebody is, with which seed it goes on. */
final class FirstWords implements FirstRegistrations {
    private final PrintWriter out;
    private final String otherwise;

    /** @param otherwise what is said once somebody is registered */
    FirstWords(PrintWriter out, String otherwise) {
        this.out = out;
        this.otherwise = otherwise;
    }

    @Override
    public void awaited(Duration limit) {
        say("Nobody is registered yet: the phone system does not answer. It is given " + limit.toSeconds() + " s.");
    }

    @Override
    public void begun() {
        say(otherwise);
    }

    @Override
    public void failed(Obstacle why) {
        say("RED: " + why.text() + advice(why.code()));
    }

    /** What only the command line knows. */
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
