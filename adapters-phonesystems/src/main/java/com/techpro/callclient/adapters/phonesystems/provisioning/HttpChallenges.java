// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Challenge;
import okhttp3.Response;

/** The challenges of a 401, which may share a header field (RFC 9110 §11.6.1), each as a text of its own, as SIP has them. */
final class HttpChallenges {
    private HttpChallenges() {}

    static List<String> of(Response response) {
        List<String> all = new ArrayList<>(2);
        if (response.code() == 401) {
            for (Challenge challenge : response.challenges()) {
                StringBuilder text = new StringBuilder(challenge.scheme()).append(' ');
                String separator = "";
                for (Map.Entry<String, String> parameter :
                        challenge.authParams().entrySet()) {
                    // A token68 has no name; no scheme known here has one.
                    if (parameter.getKey() != null) {
                        text.append(separator).append(parameter.getKey()).append("=\"");
                        text.append(parameter.getValue().replace("\\", "\\\\").replace("\"", "\\\""))
                                .append('"');
                        separator = ", ";
                    }
                }
                all.add(text.toString());
            }
        }
        return all;
    }
}
