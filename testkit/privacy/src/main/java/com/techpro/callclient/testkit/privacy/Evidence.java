// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.testkit.privacy.WireRecord.Sent;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything observed in a run of the {@link MainScenario}.
 *
 * @param canaries its marked data
 * @param sent every byte that left the user's phone
 * @param reached every address to which it opened a stream or sent a datagram
 * @param named the addresses that the account names, or that DNS derives from it
 * @param asked the names it looked up
 * @param logged every line logged in the process
 * @param printed every object that the engine handed out, and its parts, as text
 * @param threads thread dumps at various moments
 * @param microphone whether the microphone was open, by moment
 * @param userAgent the product name of the app
 * @param outcomes how the steps of the scenario ended, by step
 * @param exported the user's data export
 * @param disk every file of the app and its contents, by moment
 */
public record Evidence(
        Canaries canaries,
        List<Sent> sent,
        Set<InetAddress> reached,
        Set<InetAddress> named,
        List<String> asked,
        List<String> logged,
        List<String> printed,
        List<String> threads,
        Map<String, Boolean> microphone,
        String userAgent,
        Map<String, String> outcomes,
        String exported,
        Map<String, Map<String, byte[]>> disk) {
    @Override
    public String toString() {
        return "Evidence[sent=" + sent.size() + ", logged=" + logged.size() + ", printed=" + printed.size() + "]";
    }
}
