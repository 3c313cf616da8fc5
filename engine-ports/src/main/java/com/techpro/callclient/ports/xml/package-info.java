// SPDX-License-Identifier: Apache-2.0
/** XML documents of strangers, read without trusting them: by the engine and the adapters that ask a server. Not for hosts. */
@NullMarked
package com.techpro.callclient.ports.xml;

import org.jspecify.annotations.NullMarked;
