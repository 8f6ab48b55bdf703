import { AppError } from '../../src/core/errors.ts';
import type { ZooModel, ZooTask } from '../../src/models/zoo/schema.ts';

/** What a name says about a model. */
export interface Kind {
  readonly family: string;
  readonly task: ZooTask;
  readonly dataset: string | null;
  readonly labels: string | null;
  readonly kind: ZooModel['kind'];
}

/** Groups of GluonCV's own list, apart from `int8`, which holds a bit of everything. */
const TASK_OF: Readonly<Record<string, ZooTask>> = {
  cls_imagenet: 'classification',
  cls_cifar: 'classification',
  det_ssd: 'detection',
  det_yolo3: 'detection',
  det_frcnn: 'detection',
  det_centernet: 'detection',
  seg: 'segmentation',
  seg_hrnet: 'segmentation',
  inst_mask_rcnn: 'instance-segmentation',
  pose_simple: 'pose',
  pose_mobile: 'pose',
  pose_alpha: 'pose',
  action: 'action',
  depth: 'depth',
  track: 'tracking',
};

/** Architectures by the pattern of their names; the first that fits counts. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^ssd_/, 'SSD'],
  [/^yolo3_/, 'YOLOv3'],
  [/^doublehead_rcnn/, 'Double-Head R-CNN'],
  [/mask_rcnn/, 'Mask R-CNN'],
  [/faster_rcnn/, 'Faster R-CNN'],
  [/^center_net/, 'CenterNet'],
  [/^fcn_/, 'FCN'],
  [/^psp_/, 'PSPNet'],
  [/^deeplab_/, 'DeepLab'],
  [/^icnet_/, 'ICNet'],
  [/^fastscnn/, 'Fast-SCNN'],
  [/^danet_/, 'DANet'],
  [/^simple_pose/, 'SimplePose'],
  [/^mobile_pose/, 'MobilePose'],
  [/^alpha_pose/, 'AlphaPose'],
  [/^monodepth2/, 'Monodepth2'],
  [/^siamrpn/, 'SiamRPN'],
  [/^c3d_/, 'C3D'],
  [/^p3d_/, 'P3D'],
  [/^r2plus1d_/, 'R(2+1)D'],
  [/^i3d_nl/, 'I3D, non-local'],
  [/^i3d_/, 'I3D'],
  [/^slowfast_/, 'SlowFast'],
  [/_(ucf101|hmdb51|kinetics400|sthsthv2)(_int8)?$|^resnet\d+_v1b_custom$/, 'TSN'],
  [/^resnest/, 'ResNeSt'],
  [/^se_resnext/, 'SE-ResNeXt'],
  [/^senet/, 'SENet'],
  [/^se_resnet/, 'SE-ResNet'],
  [/^(cifar_)?resnext/, 'ResNeXt'],
  [/^(cifar_)?wideresnet/, 'Wide ResNet'],
  [/^(cifar_)?residualattentionnet/, 'Residual Attention'],
  [/^(cifar_)?resnet.*_0\.\d+$/, 'ResNet, pruned'],
  [/^(cifar_)?resnet/, 'ResNet'],
  [/^vgg/, 'VGG'],
  [/^alexnet/, 'AlexNet'],
  [/^densenet/, 'DenseNet'],
  [/^shufflenet/, 'ShuffleNet'],
  [/^squeezenet/, 'SqueezeNet'],
  [/^googlenet/, 'GoogLeNet'],
  [/^inception/, 'Inception'],
  [/^xception/, 'Xception'],
  [/^mobilenetv2/, 'MobileNetV2'],
  [/^mobilenetv3/, 'MobileNetV3'],
  [/^mobilenet/, 'MobileNet'],
  [/^darknet/, 'Darknet'],
  [/^nasnet/, 'NASNet'],
  [/^dla/, 'DLA'],
  [/^hrnet/, 'HRNet'],
];

/** Data sets by the end of a name. */
const DATASETS: readonly (readonly [RegExp, string])[] = [
  [/_voc$/, 'voc'],
  [/_coco$/, 'coco'],
  [/_ade$/, 'ade20k'],
  [/_citys$/, 'cityscapes'],
  [/_mhpv1$/, 'mhp-v1'],
  [/_kinetics400$/, 'kinetics-400'],
  [/_kinetics700$/, 'kinetics-700'],
  [/_ucf101$/, 'ucf101'],
  [/_hmdb51$/, 'hmdb51'],
  [/_sthsthv2$/, 'sthsthv2'],
  [/_kitti_/, 'kitti'],
  [/_otb15$/, 'otb'],
];

/**
 * Family, task and data set of a model by its name and its group in GluonCV's list.
 * @throws AppError `app/bad-catalogue` for a name or a group that no rule knows.
 */
export function classify(
  name: string,
  group: string,
  groupOf: (base: string) => string | undefined,
): Kind {
  const base = name.replace(/_int8$/, '');
  const task = TASK_OF[group === 'int8' ? (groupOf(base) ?? '') : group];
  const family = FAMILIES.find(([pattern]) => pattern.test(name))?.[1];
  if (task === undefined || family === undefined) {
    throw new AppError('app/bad-catalogue', `No rule says what ${name} (${group}) is. Add one.`);
  }
  const dataset = datasetOf(base, task, group);
  return {
    family,
    task,
    dataset,
    labels: labelsOf(task, dataset),
    kind: group === 'int8' ? 'int8' : name.includes('custom') ? 'template' : 'network',
  };
}

function datasetOf(base: string, task: ZooTask, group: string): string | null {
  if (base.includes('custom')) return null;
  const named = DATASETS.find(([pattern]) => pattern.test(base))?.[1];
  if (named !== undefined) return named;
  if (task === 'pose') return 'coco';
  if (task !== 'classification') return null; // HRNet's segmentation names say nothing
  return group === 'cls_cifar' ? 'cifar-10' : 'imagenet-1k';
}

/** The list of class names an output's places stand for; GluonCV's COCO segmentation uses the classes of VOC. */
function labelsOf(task: ZooTask, dataset: string | null): string | null {
  switch (task) {
    case 'classification':
      return dataset;
    case 'detection':
    case 'instance-segmentation':
      return dataset === 'voc' || dataset === 'coco' ? dataset : null;
    case 'segmentation':
      if (dataset === 'voc' || dataset === 'coco') return 'voc-segmentation';
      return dataset === 'ade20k' || dataset === 'cityscapes' ? dataset : null;
    case 'pose':
      return 'coco-keypoints';
    case 'action':
    case 'depth':
    case 'tracking':
      return null;
  }
}
