package org.billingtakeover.nodes.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.billingtakeover.trail.Sha256;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the diagrams, tables and forms of this version, all together, unless they have been deployed before: while nodes of two
 * versions run, an old one that starts must not put its diagrams over the new ones.
 */
@Component
class DeployOnce extends AbstractProcessEnginePlugin {

    /** As the engine's Spring integration calls what it deploys, so that one history goes on. */
    private static final String NAME = "SpringAutoDeployment";

    private static final String[] PATTERNS = {
        "classpath*:processes/*.bpmn", "classpath*:processes/*.dmn", "classpath*:forms/*.form"
    };

    private final boolean again;

    /** @param again whether an operator goes back to an earlier version, whose diagrams then are the newest again */
    DeployOnce(@Value("${back-office.processes.deploy-again:false}") boolean again) {
        this.again = again;
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        Map<String, byte[]> files = files();
        String digest = digest(files);
        RepositoryService repository = engine.getRepositoryService();
        boolean known = again
                ? isNewest(repository, digest)
                : repository.createDeploymentQuery().deploymentSource(digest).count() > 0;
        if (!known) {
            DeploymentBuilder deployment =
                    repository.createDeployment().name(NAME).source(digest);
            files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
            deployment.deploy();
        }
    }

    private static boolean isNewest(RepositoryService repository, String digest) {
        return repository.createDeploymentQuery().deploymentName(NAME).orderByDeploymentTime().desc().list().stream()
                .findFirst()
                .filter(newest -> digest.equals(newest.getSource()))
                .isPresent();
    }

    /** By name, in its order. */
    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        try {
            for (String pattern : PATTERNS) {
                for (Resource file : resolver.getResources(pattern)) {
                    files.put(String.valueOf(file.getFilename()), file.getContentAsByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String digest(Map<String, byte[]> files) {
        MessageDigest digest = Sha256.digest();
        files.forEach((name, content) -> {
            digest.update(Sha256.of(name));
            digest.update(Sha256.digest().digest(content));
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
