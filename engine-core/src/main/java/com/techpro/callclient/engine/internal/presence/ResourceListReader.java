// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.internal.presence.ResourceList.Instance;
import com.techpro.callclient.engine.internal.presence.ResourceList.InstanceState;
import com.techpro.callclient.engine.internal.presence.ResourceList.Resource;
import com.techpro.callclient.engine.internal.xml.NamespacedXml;
import com.techpro.callclient.stack.sip.message.MultipartBody;
import com.techpro.callclient.stack.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code multipart/related} bodies with an {@code application/rlmi+xml} root (RFC 4662 §5).
 */
final class ResourceListReader {
    static final String CONTENT_TYPE = "multipart/related";
    static final String ROOT_TYPE = "application/rlmi+xml";
    static final int MOST_RESOURCES = 500;
    static final int MOST_INSTANCES = 10;

    private static final int MOST_PARTS = 1 + 2 * MOST_RESOURCES;
    private static final NamespacedXml XML = new NamespacedXml("urn:ietf:params:xml:ns:rlmi", 256 * 1024, 10_000);

    private ResourceListReader() {}

    /**
     * @param boundary a parameter of the Content-Type, as is {@code start}
     * @return null if it is no such document, or is too large
     */
    static @Nullable ResourceList read(@Nullable String boundary, @Nullable String start, byte[] body) {
        MultipartBody parts = MultipartBody.parse(body, boundary, MOST_PARTS);
        MultipartBody.Part root = parts == null ? null : root(parts, start);
        XmlElement list = root == null || !root.type().equals(ROOT_TYPE)
                ? null
                : XML.root(root.text().getBytes(StandardCharsets.UTF_8), "list");
        String version = list == null ? null : list.attribute("version");
        String full = list == null ? null : list.attribute("fullState");
        if (parts == null || list == null || version == null || full == null || !version.matches("[0-9]{1,10}")) {
            return null;
        }
        Map<String, MultipartBody.Part> documents = new HashMap<>();
        parts.parts().forEach(part -> documents.putIfAbsent(part.contentId(), part));
        List<Resource> resources = new ArrayList<>();
        for (XmlElement element : XML.children(list, "resource")) {
            Resource resource = resources.size() == MOST_RESOURCES ? null : resource(element, documents);
            if (resource == null) {
                return null;
            }
            resources.add(resource);
        }
        return new ResourceList(Long.parseLong(version), full.equals("true") || full.equals("1"), resources);
    }

    /** Returns the part that {@code start} names, or else the first (RFC 2387 §3.2). */
    private static MultipartBody.@Nullable Part root(MultipartBody body, @Nullable String start) {
        for (MultipartBody.Part part : body.parts()) {
            if (start == null || part.contentId().equals(MultipartBody.withoutBrackets(start))) {
                return part;
            }
        }
        return null;
    }

    private static @Nullable Resource resource(XmlElement element, Map<String, MultipartBody.Part> documents) {
        String uri = NamespacedXml.attribute(element, "uri");
        List<Instance> instances = new ArrayList<>(1);
        for (XmlElement each : XML.children(element, "instance")) {
            String id = NamespacedXml.attribute(each, "id");
            InstanceState state = state(each.attribute("state"));
            if (id == null || state == null || instances.size() == MOST_INSTANCES) {
                return null;
            }
            String reason = NamespacedXml.attribute(each, "reason");
            String contentId = NamespacedXml.attribute(each, "cid");
            instances.add(new Instance(
                    id,
                    state,
                    reason == null ? "" : reason.toLowerCase(Locale.ROOT),
                    contentId == null ? null : documents.get(MultipartBody.withoutBrackets(contentId))));
        }
        return uri == null ? null : new Resource(uri, instances);
    }

    private static @Nullable InstanceState state(@Nullable String text) {
        return text == null
                ? null
                : switch (text) {
                    case "active" -> InstanceState.ACTIVE;
                    case "pending" -> InstanceState.PENDING;
                    case "terminated" -> InstanceState.TERMINATED;
                    default -> null;
                };
    }
}
