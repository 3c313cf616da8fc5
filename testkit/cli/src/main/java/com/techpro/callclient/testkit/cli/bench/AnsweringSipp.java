// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.time.Duration;

/** SIPp's own scenario of a phone that answers. */
final class AnsweringSipp implements Answerer {
    private static final Duration START = Duration.ofSeconds(1);

    private final Sipp sipp = new Sipp();
    private final Sipp.Run run = sipp.answering();

    AnsweringSipp() {
        MeasuredEngine.pass(START);
    }

    @Override
    public String name() {
        return "SIPp";
    }

    @Override
    public String target() {
        return "sip:1001@127.0.0.1:" + sipp.port();
    }

    @Override
    public Duration cpu() {
        return run.cpu();
    }

    @Override
    public long pid() {
        return run.pid();
    }

    /** It keeps nothing that would disturb the next burst. */
    @Override
    public void settle() {}

    @Override
    public void close() {
        run.close();
        sipp.close();
    }
}
