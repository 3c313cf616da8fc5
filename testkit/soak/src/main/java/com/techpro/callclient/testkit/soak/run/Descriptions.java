// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a report says of how and where it was made. No name of a host or person is in it. */
final class Descriptions {
    private Descriptions() {}

    static Map<String, String> of(SoakSettings settings) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("users", Integer.toString(settings.users()));
        said.put("calls a second", Double.toString(settings.rate()));
        said.put("duration", settings.duration().toSeconds() + " s");
        said.put("transport", settings.transport().toString());
        said.put(
                "SRTP",
                settings.suite() == null ? "as negotiated" : settings.suite().toString());
        said.put("loss", settings.impairment().lossPercent() + " %");
        said.put("jitter", settings.impairment().jitter().toMillis() + " ms");
        said.put("speech", settings.speech().length() / 8000.0 + " s");
        said.put("seed", Long.toString(settings.seed()));
        return said;
    }

    static Map<String, String> machine() {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        said.put("Java", Runtime.version().toString());
        said.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return said;
    }
}
