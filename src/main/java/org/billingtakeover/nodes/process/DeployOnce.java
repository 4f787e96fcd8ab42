package org.billingtakeover.nodes.process;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.billingtakeover.model.CheckFiles;
import org.billingtakeover.model.FilesRefused;
import org.billingtakeover.model.ProcessFiles;
import org.billingtakeover.model.ShippedFiles;
import org.billingtakeover.trail.Sha256;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Deploys the diagrams, tables and forms of this version, all together, unless they have been deployed before: while nodes of two
 * versions run, an old one that starts must not put its diagrams over the new ones. Files with faults never come into force: a first start is
 * refused, and a later one goes on with what is deployed.
 */
@Component
class DeployOnce extends AbstractProcessEnginePlugin {

    private static final Logger LOG = LoggerFactory.getLogger(DeployOnce.class);

    /** As the engine's Spring integration calls what it deploys, so that one history goes on. */
    private static final String NAME = "SpringAutoDeployment";

    private final ShippedFiles shipped;
    private final CheckFiles check;
    private final boolean again;

    /** @param again whether an operator goes back to an earlier version, whose diagrams then are the newest again */
    DeployOnce(
            ShippedFiles shipped,
            CheckFiles check,
            @Value("${back-office.processes.deploy-again:false}") boolean again) {
        this.shipped = shipped;
        this.check = check;
        this.again = again;
    }

    /** @throws FilesRefused if they have faults and nothing has been deployed before */
    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        Map<String, byte[]> files = shipped.read();
        RepositoryService repository = engine.getRepositoryService();
        List<Deployment> before = repository
                .createDeploymentQuery()
                .deploymentName(NAME)
                .orderByDeploymentTime()
                .desc()
                .list();
        String digest = digest(files);
        List<String> faults = check.faults(ProcessFiles.of(files));
        if (faults.isEmpty()) {
            deploy(repository, files, digest, before);
        } else if (before.isEmpty()) {
            throw new FilesRefused(faults);
        } else {
            LOG.error(
                    "The diagrams, tables and forms of this version {}; those deployed at {} go on. Mend these and start again:\n- {}",
                    // A version that did not check them may have deployed them.
                    digest.equals(before.get(0).getSource()) ? "have faults" : "do not come into force",
                    before.get(0).getDeploymentTime().toInstant(),
                    String.join("\n- ", faults));
        }
    }

    private void deploy(
            RepositoryService repository, Map<String, byte[]> files, String digest, List<Deployment> before) {
        boolean known =
                before.stream().limit(again ? 1 : Long.MAX_VALUE).anyMatch(each -> digest.equals(each.getSource()));
        if (!known) {
            DeploymentBuilder deployment =
                    repository.createDeployment().name(NAME).source(digest);
            files.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
            deployment.deploy();
        }
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
